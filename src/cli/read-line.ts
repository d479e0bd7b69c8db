import { StringDecoder } from 'node:string_decoder';
import { Interrupted } from './interrupted.ts';
import type { Input, Io } from './io.ts';

const ENTER = ['\r', '\n', '\x04'];
const CTRL_C = '\x03';
const CTRL_U = '\x15';
const BACKSPACE = ['\b', '\x7f'];

/** One line from a terminal that echoes nothing; the terminal is as before afterwards, whatever happens. */
export async function readHidden({ stdin, stderr }: Io, prompt: string): Promise<string> {
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
export function readLine(stdin: Input): Promise<string> {
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
