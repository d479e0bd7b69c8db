import { printable } from '../diagnostics/printable.ts';
import { type Board, type Row, share } from './board.ts';
import { usualMinutes } from './durations.ts';
import type { ResourceEvent } from './events.ts';
import type { Paint } from './render-changes.ts';

/** The room that a table has. */
export interface Room {
  readonly columns: number;
  readonly rows: number;
}

const RED = 31;
const GREEN = 32;
const YELLOW = 33;
const DIM = 2;

/** The live table: the stack with its progress, then what failed, what goes on, what was done last. No line is wider than the room. */
export function boardLines(board: Board, now: number, { columns, rows }: Room, paint: Paint): readonly string[] {
  const { done, of, minutesLeft } = share(board, now);
  const begun = board.begun === undefined ? '' : `  ${clock(now - board.begun)}`;
  const left = minutesLeft === undefined ? '' : `  usually ${minutesLeft} min more`;
  const head = `${board.stack}  ${board.status || 'beginning'}${begun}  ${bar(done, of)} ${done} of ${of}${left}`;
  const all = [...board.rows.values()].sort((a, b) => order(a) - order(b) || last(b) - last(a));
  const room = Math.max(3, rows - 4);
  const shown = all.slice(0, room);
  const more = all.length - shown.length;
  const width = Math.max(0, ...shown.map((row) => nameOf(row, board).length));
  return [
    paint(stateColour(board.status), cut(head, columns)),
    ...shown.map((row) => paint(stateColour(row.status), cut(rowText(row, board, width, now), columns))),
    ...(more > 0 ? [paint(DIM, cut(`  and ${more} more that are done`, columns))] : []),
    ...(board.trouble === '' ? [] : [paint(YELLOW, cut(`  Trying again: ${board.trouble}`, columns))]),
  ];
}

/** A line for one event, where there is no terminal to draw a table on. */
export function eventLine({ at, stack, id, type, status, reason }: ResourceEvent): string {
  return printable(`${at.slice(11, 19)}  ${status}  ${stack}  ${id} (${type})${reason ? `: ${reason}` : ''}`);
}

function rowText(row: Row, board: Board, width: number, now: number): string {
  const usual = row.ended === undefined && row.status.startsWith('CREATE') ? usualMinutes(row.type) : undefined;
  const time = `${clock((row.ended ?? now) - row.begun)}${usual === undefined ? '' : ` of about ${usual} min`}`;
  const reason = row.reason === '' || row.status.endsWith('_COMPLETE') ? '' : `  ${row.reason}`;
  return `  ${nameOf(row, board).padEnd(width)}  ${row.status.padEnd(18)}  ${time}${reason}`;
}

function nameOf({ stack, id }: Row, board: Board): string {
  return stack === board.stack ? id : `${stack}/${id}`;
}

/** What failed is first, then what goes on. */
function order({ status, ended }: Row): number {
  return status.endsWith('_FAILED') ? 0 : ended === undefined ? 1 : 2;
}

function last({ begun, ended }: Row): number {
  // What has gone on for longest is what is waited for.
  return ended ?? -begun;
}

function stateColour(status: string): number {
  if (/FAILED|ROLLBACK/.test(status)) return RED;
  return status.endsWith('_COMPLETE') ? GREEN : YELLOW;
}

function bar(done: number, of: number): string {
  const full = of === 0 ? 0 : Math.floor((done / of) * 20);
  return `[${'#'.repeat(full)}${'.'.repeat(20 - full)}]`;
}

/** `0:07`, `12:30`, `1:02:03`. */
export function clock(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const two = (number: number) => String(number).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

function cut(text: string, columns: number): string {
  const clean = printable(text);
  return clean.length < columns ? clean : `${clean.slice(0, Math.max(1, columns - 2))}…`;
}
