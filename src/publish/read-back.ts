import { AT_A_TIME, inParallel } from '../cloud/in-parallel.ts';
import { refuse } from '../diagnostics/refusal.ts';
import { sha256 } from '../files/sha256.ts';
import { releasePrefix } from '../release/layout.ts';
import { objectUrl, type S3Target } from '../release/target.ts';
import { readAnonymously } from './audience/read-anonymously.ts';
import { readHint } from './audience/read-statement.ts';
import type { ReleaseReaders } from './audience/release-readers.ts';
import type { PublishEvent } from './events.ts';
import type { OpenTarget } from './stores/open-store.ts';

/**
 * Reads files of a release as everyone would, over plain HTTPS without credentials, and compares their bytes. Where the
 * audience is not everyone, or the place is a folder, nothing can be read so, and nothing is.
 * @throws Refusal PL4030 when a file is not readable, with the statement that the bucket's policy lacks; PL4033 when other bytes are read
 */
export async function readBack(
  place: OpenTarget,
  readers: ReleaseReaders,
  tell: (event: PublishEvent) => void,
): Promise<void> {
  if (place.kind === 'folder' || readers.audience.kind !== 'public') return;
  let done = 0;
  await inParallel(readers.files, AT_A_TIME, async (file) => {
    await readOne(place.target, readers, file);
    tell({ kind: 'readBack', path: file.path, done: ++done, of: readers.files.length });
  });
}

async function readOne(
  target: S3Target,
  { audience, version }: ReleaseReaders,
  file: ReleaseReaders['files'][number],
): Promise<void> {
  const url = objectUrl(target, releasePrefix(version) + file.path);
  const { status, bytes } = await readAnonymously(target, url, file.size);
  if (status === 401 || status === 403) {
    throw refuse({
      code: 'PL4030',
      message: `Launchers cannot read ${url}: without credentials S3 answers ${status}.`,
      hint: readHint(target, audience),
    });
  }
  if (status === 200 && bytes !== 'larger' && sha256(bytes) === file.sha256) return;
  throw refuse({
    code: 'PL4033',
    message: `${url} gives ${status === 200 ? 'other bytes than were published' : `the answer ${status}`}.`,
    hint: `Check that ${target.bucket} is in ${target.region}, and that nothing is between it and its readers.`,
  });
}
