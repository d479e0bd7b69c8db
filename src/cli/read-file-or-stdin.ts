import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { refuse } from '../diagnostics/refusal.ts';
import { readLimited } from '../http/read-limited.ts';
import type { Io } from './io.ts';

/** What a person's file of this kind may have at most. */
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * The text of a file that an argument names; `-` is stdin.
 * @throws Refusal PL0005 when it cannot be read, or is not text
 */
export async function readFileOrStdin(name: string, io: Io): Promise<string> {
  const bytes = name === '-' ? await readLimited(io.stdin, MOST_BYTES) : readBytes(resolve(io.cwd, name), name);
  if (bytes === 'larger') throw unreadable('stdin', `it has more than ${MOST_BYTES} bytes`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw unreadable(name, 'it is not text in UTF-8');
  }
}

/**
 * The bytes of a file that an argument names.
 * @throws Refusal PL0005 when it cannot be read
 */
export function readBytes(path: string, name: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (thrown) {
    throw unreadable(name, (thrown as NodeJS.ErrnoException).code === 'ENOENT' ? 'it is not there' : String(thrown));
  }
}

function unreadable(name: string, why: string): Error {
  return refuse({
    code: 'PL0005',
    message: `${name} cannot be read: ${why}.`,
    hint: 'Give a file of text, or - for stdin.',
  });
}
