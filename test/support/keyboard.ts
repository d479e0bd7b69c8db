import { PassThrough } from 'node:stream';
import type { Input } from '../../src/cli/io.ts';

/** A terminal's stdin that someone types into, and what became of its raw mode. */
export interface Keyboard {
  readonly stdin: Input;
  readonly rawModes: readonly boolean[];
  type(text: string): void;
}

/** A terminal without a person: `type` presses the keys. */
export function keyboard(...typed: readonly string[]): Keyboard {
  const rawModes: boolean[] = [];
  const stream = new PassThrough();
  const stdin: Input = Object.assign(stream, { isTTY: true, setRawMode: (raw: boolean) => void rawModes.push(raw) });
  for (const text of typed) stream.write(text);
  return { stdin, rawModes, type: (text) => void stream.write(text) };
}
