import { allChanges, type StackChange } from './changes.ts';
import { usualMinutesLeft } from './durations.ts';
import type { DeployEvent, ResourceEvent } from './events.ts';

/** A resource as the table shows it. */
export interface Row {
  readonly stack: string;
  readonly id: string;
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  /** When its last piece of work began, in milliseconds since 1970. */
  readonly begun: number;
  /** When it ended; undefined while it goes on. */
  readonly ended?: number;
}

/** What is known of a run at a moment: what the live table shows. */
export interface Board {
  readonly stack: string;
  readonly status: string;
  /** When it began, by CloudFormation's clock. */
  readonly begun: number | undefined;
  /** What the change set names, with that of nested stacks; empty where none is known, as for an adopted stack. */
  readonly expected: readonly StackChange[];
  readonly rows: ReadonlyMap<string, Row>;
  /** Why nothing can be read at the moment; empty where it can. */
  readonly trouble: string;
}

export const EMPTY: Board = { stack: '', status: '', begun: undefined, expected: [], rows: new Map(), trouble: '' };

/** The board after an event. */
export function boardAfter(board: Board, event: DeployEvent): Board {
  switch (event.event) {
    case 'plan':
      return { ...EMPTY, stack: event.stack, expected: allChanges(event.changes) };
    case 'started':
      return { ...(board.stack === event.stack ? board : EMPTY), stack: event.stack };
    case 'waiting':
      return { ...board, trouble: event.why };
    case 'resource':
      return event.isStack ? withStack(board, event) : { ...withRow(board, event), trouble: '' };
    default:
      return board;
  }
}

function withStack(board: Board, { stack, status, at }: ResourceEvent): Board {
  return { ...board, stack, status, begun: board.begun ?? Date.parse(at), trouble: '' };
}

function withRow(board: Board, { stack, id, type, status, reason = '', at }: ResourceEvent): Board {
  const key = `${stack}/${id}`;
  const before = board.rows.get(key);
  const time = Date.parse(at);
  const goesOn = status.endsWith('_IN_PROGRESS');
  const isNewWork = before === undefined || before.ended !== undefined;
  const row: Row = {
    ...{ stack, id, type, status, reason: reason || (status === before?.status ? before.reason : '') },
    begun: isNewWork ? time : before.begun,
    ...(!goesOn && { ended: time }),
  };
  return { ...board, rows: new Map(board.rows).set(key, row) };
}

/** How far a run is. */
export interface Share {
  readonly done: number;
  readonly of: number;
  /** Minutes that it usually takes from now; undefined where nobody can say. */
  readonly minutesLeft: number | undefined;
}

/** How many of the resources are done, and how long those that are being made or are still to be made usually take. */
export function share({ rows, expected, status }: Board, now: number): Share {
  const all = [...rows.values()];
  const done = all.filter(({ ended }) => ended !== undefined).length;
  const made = all.filter((row) => row.status.startsWith('CREATE') && row.ended === undefined);
  const begun = new Set(all.map(({ id }) => id));
  const toCome = expected.filter(({ action, id }) => action === 'add' && !begun.has(id));
  const open = [
    ...made.map((row) => ({ type: row.type, minutes: (now - row.begun) / 60_000 })),
    ...toCome.map(({ type }) => ({ type, minutes: 0 })),
  ];
  const goesBack = /ROLLBACK|DELETE/.test(status);
  return {
    done,
    of: Math.max(expected.length, all.length),
    minutesLeft: goesBack ? undefined : usualMinutesLeft(open),
  };
}
