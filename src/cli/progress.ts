import type { Io } from './io.ts';

/** How long a command may be silent, in milliseconds. */
const PATIENCE = 1000;

/** What is going on, shown on stderr once it has taken more than a second. */
export interface Progress {
  /** Says what is being done now. */
  update(text: string): void;
  /** Ends the display; the line is wiped on a terminal. */
  done(): void;
}

/** Starts a display of progress: one line that is rewritten on a terminal, a line for each step elsewhere. */
export function progress(io: Io, text: string): Progress {
  let current = text;
  let shown = false;
  const show = (): void => {
    shown = true;
    io.stderr.write(io.stderr.isTTY ? `\r\x1b[K${current}` : `${current}\n`);
  };
  const timer = setTimeout(show, PATIENCE);
  return {
    update(next) {
      if (next === current) return;
      current = next;
      if (shown) show();
    },
    done() {
      clearTimeout(timer);
      if (shown && io.stderr.isTTY) io.stderr.write('\r\x1b[K');
    },
  };
}
