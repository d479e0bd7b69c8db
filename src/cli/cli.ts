#!/usr/bin/env node
import { leftBehind } from './interrupted.ts';
import type { Io } from './io.ts';
import { main } from './main.ts';

// A reader that has seen enough (`podlaunch … | head`) is not an error: what is left is not written, the command runs on to its end.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED') return;
    if (stream === process.stdout) {
      process.stderr.write(`error PL0001: The output could not be written (${error.code}).\n`);
    }
    process.exit(1);
  });
}

// Ctrl-C: 128 + 2, as shells count it. Files are written as a whole or not at all, so there is nothing to tidy up.
process.once('SIGINT', () => {
  process.stderr.write(`\n${leftBehind.words}`);
  process.exit(130);
});

const cwd = currentFolder();
if (cwd === undefined) {
  process.stderr.write(
    'error PL0003: The folder in which this command runs no longer exists.\n  = Change to another.\n',
  );
  process.exitCode = 1;
} else {
  const { stdout, stderr, env } = process;
  const io: Io = {
    // Node opens it when it is first asked for: most commands read nothing.
    get stdin() {
      return process.stdin;
    },
    ...{ stdout, stderr, env, cwd },
  };
  // No await: the bundle is CommonJS. What main does not expect ends the process as any unhandled rejection does.
  void main(process.argv.slice(2), io).then((code) => {
    process.exitCode = code;
    // Otherwise V8 would first collect what it is about to drop, for a tenth of the time of a short command.
    if ([stdout, stderr].every(isWritten)) process.exit();
  });
}

/** Whether all that was written to a stream is where it was to go. */
function isWritten({ writableLength, errored }: NodeJS.WriteStream): boolean {
  return writableLength === 0 && errored === null;
}

/** The folder in which the command runs; undefined when somebody has deleted it. */
function currentFolder(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}
