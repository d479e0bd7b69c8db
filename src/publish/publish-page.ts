import { refuse } from '../diagnostics/refusal.ts';
import { sha256 } from '../files/sha256.ts';
import type { ReleaseFile } from '../release/release.ts';
import { type S3Target, targetName } from '../release/target.ts';
import { openTarget } from './stores/open-store.ts';
import type { Store } from './stores/store.ts';

/** What was uploaded. */
export interface PublishedPage {
  readonly place: string;
  /** Paths of what was not there before. */
  readonly written: readonly string[];
}

/**
 * Uploads a page: first the files that have their hash in their names, which browsers may keep for ever, then the page
 * itself, which they ask for each time. Run again after an interruption it completes what it began.
 * @param files the page itself comes last
 * @throws Refusal PL4070 where another file has the name of one, PL4071 when somebody else publishes at once, and those of S3
 */
export async function publishPage(target: S3Target, files: readonly ReleaseFile[]): Promise<PublishedPage> {
  const { store } = await openTarget(target);
  try {
    const written: string[] = [];
    for (const file of files.slice(0, -1)) if (await writeOnce(store, file)) written.push(file.path);
    if (await writeOver(store, files.at(-1)!)) written.push(files.at(-1)!.path);
    return { place: targetName(target), written };
  } finally {
    store.close();
  }
}

async function writeOnce(store: Store, file: ReleaseFile): Promise<boolean> {
  if (await store.putIfAbsent(file.path, file)) return true;
  const found = await store.get(file.path, file.bytes.length);
  if (found && found !== 'larger' && sha256(found.bytes) === file.sha256) return false;
  throw refuse({
    code: 'PL4070',
    message: `${store.name}/${file.path} is not the file of that name: its content has another hash.`,
    hint: 'Someone else wrote there. Find out who can write to the bucket, delete the file, and publish the page again.',
  });
}

async function writeOver(store: Store, file: ReleaseFile): Promise<boolean> {
  const before = await store.get(file.path, MOST_BYTES);
  const etag = before === undefined || before === 'larger' ? undefined : before.etag;
  if (before && before !== 'larger' && sha256(before.bytes) === file.sha256) return false;
  if (await store.replace(file.path, file, etag)) return true;
  throw refuse({
    code: 'PL4071',
    message: `${store.name}/${file.path} was written by somebody else in the meantime; it was left as it is.`,
    hint: 'Agree who publishes the page, then run the command again.',
  });
}

/** A page is much smaller. */
const MOST_BYTES = 1024 * 1024;
