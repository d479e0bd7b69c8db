import type { Io } from './io.ts';

/** How long a command may be silent, in milliseconds. */
const PATIENCE = 1000;
/** How long nothing may go on before it is said that nothing does, in milliseconds; each time twice as long as before. */
const STILL = 5000;

/** What is going on, shown on stderr once it has taken more than a second. */
export interface Progress {
  /** Says what is being done now; saying the same again tells that it goes on. */
  update(text: string): void;
  /** Takes the display away for something that a person is to read or answer; the next update brings it back. */
  pause(): void;
  /** Ends the display; the line is wiped on a terminal. */
  done(): void;
}

/**
 * Starts a display of progress: one line that is rewritten on a terminal, a line for each step elsewhere. Where nothing
 * goes on for some seconds, as on a connection that has stalled, it says for how long.
 */
export function progress(io: Io, text: string): Progress {
  let current = text;
  let shown = false;
  let timer = setTimeout(show, PATIENCE);

  function show(note = ''): void {
    shown = true;
    io.stderr.write(io.stderr.isTTY ? `\r\x1b[K${current}${note}` : `${current}${note}\n`);
    if (note === '') watch(STILL);
  }

  /** Says after the time, and after twice the time again, that nothing has happened since. */
  function watch(time: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      show(` (nothing has happened for ${time / 1000} seconds)`);
      watch(time * 2);
    }, time);
  }

  function wipe(): void {
    clearTimeout(timer);
    if (shown && io.stderr.isTTY) io.stderr.write('\r\x1b[K');
  }

  return {
    update(next) {
      const isNew = next !== current;
      current = next;
      if (shown && isNew) show();
      else if (shown) watch(STILL);
    },
    pause() {
      wipe();
      shown = true;
    },
    done: wipe,
  };
}
