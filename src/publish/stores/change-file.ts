import { refuse } from '../../diagnostics/refusal.ts';
import { releaseFile } from '../../release/release-file.ts';
import type { Store } from './store.ts';

/** A JSON file that changes, and how it is read. */
export interface ChangingFile<T> {
  readonly key: string;
  /** What it says where there is none yet. */
  readonly empty: T;
  /** Of how many bytes at most. */
  readonly limit: number;
  /** Throws a Refusal for a file that is none. */
  parse(bytes: Uint8Array | 'larger', place: string): T;
}

/** How often the file is read again because somebody else has written it in between. */
const ATTEMPTS = 10;
/** Milliseconds before it is read again; each time up to that much more, so that two who meet do not meet again. */
const PAUSE = 40;

/** Reads a file that changes; `etag` is undefined when there is none yet. */
export async function readChanging<T>(
  store: Store,
  { key, empty, limit, parse }: ChangingFile<T>,
): Promise<{ readonly value: T; readonly etag: string | undefined }> {
  const file = await store.get(key, limit);
  if (file === undefined) return { value: empty, etag: undefined };
  if (file === 'larger') return { value: parse(file, `${store.name}/${key}`), etag: undefined };
  return { value: parse(file.bytes, `${store.name}/${key}`), etag: file.etag };
}

/**
 * Changes a file, or begins it. It is written only over what was read, so that of two who write at once neither loses
 * what the other has recorded.
 * @param change gives back what it was given where nothing is to be changed; may be called again
 * @returns what the file says now
 * @throws Refusal as `parse` does, PL4059 when others write it all the time
 */
export async function changeFile<T>(store: Store, file: ChangingFile<T>, change: (before: T) => T): Promise<T> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const { value: before, etag } = await readChanging(store, file);
    const after = change(before);
    if (after === before) return after;
    const content = releaseFile(file.key, `${JSON.stringify(after, null, 2)}\n`);
    if (await store.replace(file.key, content, etag)) return after;
    await new Promise((waited) => setTimeout(waited, Math.random() * PAUSE * attempt));
  }
  throw refuse({
    code: 'PL4059',
    message: `${store.name}/${file.key} was written by others each time that it was to be changed.`,
    hint: 'Run the command again; it goes on where it stopped.',
  });
}
