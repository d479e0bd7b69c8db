import { type Board, boardAfter, EMPTY } from '../deploy/board.ts';
import type { DeployEvent } from '../deploy/events.ts';
import { boardLines, eventLine } from '../deploy/render-board.ts';
import { changesAsText, type Paint } from '../deploy/render-changes.ts';
import type { Cli } from './cli-context.ts';
import { leftBehind } from './interrupted.ts';
import { hasColours } from './io.ts';
import { liveArea } from './live-area.ts';

/** How often the table is drawn again, in milliseconds: the clocks in it go on. */
const EACH = 1000;

/** Shows a run while it goes on. */
export interface DeployDisplay {
  onEvent(event: DeployEvent): void;
  /** Takes the table away for a question or a finding. */
  pause(): void;
  /** Ends it: the last table stays. */
  done(): void;
}

/** A table that is drawn again each second on a terminal, a line for each event elsewhere, and JSON, one event a line, for machines. */
export function deployDisplay(cli: Cli): DeployDisplay {
  const tell = cli.json ? jsonLines(cli) : cli.io.stderr.isTTY ? onTerminal(cli) : inLines(cli);
  return {
    ...tell,
    onEvent(event) {
      leftBehind.words = leftBehindAfter(event) ?? leftBehind.words;
      tell.onEvent(event);
    },
  };
}

function leftBehindAfter({ event, stack }: DeployEvent): string | undefined {
  if (event === 'plan') return 'Nothing was changed. The same command goes on from here.\n';
  if (event === 'started') return `CloudFormation goes on with ${stack}. The same command watches it to the end.\n`;
  return event === 'done' || event === 'failed' ? '' : undefined;
}

function jsonLines(cli: Cli): DeployDisplay {
  const nothing = (): void => {};
  return { pause: nothing, done: nothing, onEvent: (event) => cli.printEvent(event) };
}

function inLines(cli: Cli): DeployDisplay {
  const nothing = (): void => {};
  let trouble = '';
  return {
    pause: nothing,
    done: nothing,
    onEvent(event) {
      if (event.event === 'resource') cli.note(eventLine(event));
      else if (event.event === 'waiting' && event.why !== trouble) cli.note(`Trying again: ${event.why}`);
      else for (const words of wordsOf(event, (_, text) => text)) cli.note(words);
      trouble = event.event === 'waiting' ? event.why : event.event === 'resource' ? '' : trouble;
    },
  };
}

function onTerminal({ io, note }: Cli): DeployDisplay {
  const colours = hasColours(io.stderr, io.env);
  const paint: Paint = (colour, text) => (colours ? `\x1b[${colour}m${text}\x1b[0m` : text);
  const area = liveArea(io.stderr);
  let board: Board = EMPTY;
  let timer: NodeJS.Timeout | undefined;
  const draw = (): void => {
    const { columns = 100, rows = 24 } = io.stderr;
    area.draw(boardLines(board, Date.now(), { columns, rows }, paint));
  };
  const stop = (): void => {
    clearInterval(timer);
    timer = undefined;
  };
  return {
    onEvent(event) {
      board = boardAfter(board, event);
      if (event.event === 'started') {
        draw();
        timer ??= setInterval(draw, EACH).unref();
      } else if (timer !== undefined && (event.event === 'resource' || event.event === 'waiting')) draw();
      else if (event.event === 'done' || event.event === 'failed') {
        if (timer !== undefined) draw();
        stop();
        area.keep();
      }
      const words = wordsOf(event, paint);
      if (words.length > 0) area.clear();
      for (const line of words) {
        // The colours are ours; what is coloured was made harmless where it was written.
        if (event.event === 'plan') io.stderr.write(`${line}\n`);
        else note(line);
      }
    },
    pause() {
      area.clear();
    },
    done() {
      stop();
      area.keep();
    },
  };
}

/** What is said of events that the table does not show. */
function wordsOf(event: DeployEvent, paint: Paint): readonly string[] {
  if (event.event === 'plan') {
    const { stack, isNew, changes } = event;
    return [`\n${stack} ${isNew ? 'is made' : 'changes'}:`, changesAsText(changes, paint)];
  }
  if (event.event === 'note') return [event.text];
  if (event.event === 'started' && event.adopted) return [`${event.stack}: going on with what an earlier run began.`];
  if (event.event === 'done' && event.result === 'unchanged') return [`${event.stack}: nothing to do.`];
  if (event.event === 'done' && event.result === 'declined') return [`${event.stack}: nothing was changed.`];
  return [];
}
