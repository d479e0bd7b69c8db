import { isUtf8 } from 'node:buffer';
import { StringDecoder } from 'node:string_decoder';
import { refuse } from '../diagnostics/refusal.ts';
import { Interrupted } from './interrupted.ts';
import type { Input, Io } from './io.ts';

const ENTER = ['\r', '\n', '\x04'];
const CTRL_C = '\x03';
const CTRL_U = '\x15';
const BACKSPACE = ['\b', '\x7f'];

/**
 * Reads a secret: from a terminal at a prompt that shows nothing, asked twice; else all of stdin, without the line
 * break at its end.
 * @throws Refusal PL6002 when stdin is not text, PL6003 when the two differ; Interrupted at Ctrl-C
 */
export async function readSecret(io: Io, name: string): Promise<string> {
  if (!io.stdin.isTTY) return readPipe(io);
  const first = await readHidden(io, `${name}: `);
  if (first === '') return first;
  if ((await readHidden(io, `${name} again: `)) === first) return first;
  throw refuse({ code: 'PL6003', message: 'The two passwords differ.', hint: 'Run the command again.' });
}

async function readPipe({ stdin }: Io): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of stdin) pieces.push(Buffer.from(piece));
  const bytes = Buffer.concat(pieces);
  if (isUtf8(bytes)) return bytes.toString('utf8').replace(/\r?\n$/, '');
  throw refuse({ code: 'PL6002', message: 'The password is not text in UTF-8.', hint: 'Save the file as UTF-8.' });
}

/** One line from a terminal that echoes nothing; the terminal is as before afterwards, whatever happens. */
async function readHidden({ stdin, stderr }: Io, prompt: string): Promise<string> {
  stderr.write(prompt);
  stdin.setRawMode?.(true);
  try {
    return await readLine(stdin);
  } finally {
    stdin.setRawMode?.(false);
    stderr.write('\n');
  }
}

/** The keys up to Enter; what was pasted after it stays in the stream. */
function readLine(stdin: Input): Promise<string> {
  const decoder = new StringDecoder('utf8');
  let typed: string[] = [];
  return new Promise((resolve, reject) => {
    const stop = (): void => void stdin.off('data', onData).off('end', onEnd).pause();
    const onEnd = (): void => {
      stop();
      resolve(typed.join(''));
    };
    const onData = (piece: Buffer | string): void => {
      const keys = [...decoder.write(Buffer.from(piece))];
      const last = keys.findIndex((key) => key === CTRL_C || ENTER.includes(key));
      for (const key of last < 0 ? keys : keys.slice(0, last)) {
        if (key === CTRL_U) typed = [];
        else if (BACKSPACE.includes(key)) typed.pop();
        else if (key >= ' ') typed.push(key);
      }
      if (last < 0) return;
      stop();
      const rest = keys.slice(last + 1).join('');
      if (rest !== '') stdin.unshift(Buffer.from(rest));
      if (keys[last] === CTRL_C) reject(new Interrupted());
      else resolve(typed.join(''));
    };
    stdin.on('data', onData).on('end', onEnd);
    stdin.resume();
  });
}
