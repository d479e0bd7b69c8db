import { isUtf8 } from 'node:buffer';
import { refuse } from '../diagnostics/refusal.ts';
import type { Io } from './io.ts';
import { readHidden } from './read-line.ts';

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
