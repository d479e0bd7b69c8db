import { S3Client } from '@aws-sdk/client-s3';
import { type ListedFile, readAssetList, sha256 } from '../lib/asset-list.ts';
import type { PropertiesOf } from '../lib/declaration.ts';
import { Fault } from '../lib/fault.ts';
import { ENTRY_PATH, LIST_PATH, namedEntryPath } from '../lib/node-folder.ts';
import { type OpenBucket, read, writeNew } from '../lib/objects.ts';
import type { copyAssets } from './function.ts';

const AT_ONCE = 8;
const SHARED = 'Ask its publisher whether the release is complete and this account may read it.';

/**
 * Copies the files that assets.json lists under a prefix of their own hash, each checked on the way; and beside them
 * what the nodes compare them with: the list itself, and the entry script under the name that says which list. What is
 * there already is proved, not written again, so a run that was killed can be repeated. After the first failure nothing
 * more is begun; it is thrown when what was under way has ended.
 */
export async function copyRelease(properties: PropertiesOf<typeof copyAssets>, stop: AbortSignal): Promise<void> {
  const { SourceBucket, SourceRegion, SourcePrefix, AssetsSha256, Bucket } = properties;
  const s3 = new S3Client({ region: SourceRegion, followRegionRedirects: true });
  const from = { s3, bucket: SourceBucket, stop };
  const to = { s3: new S3Client({}), bucket: Bucket, stop };
  const listKey = `${SourcePrefix}assets.json`;
  const list = await read(from, listKey, SHARED);
  const files = readAssetList(list, AssetsSha256, `s3://${SourceBucket}/${listKey}`);
  const waiting = files.flatMap((file) => {
    const targets = file.path === ENTRY_PATH ? [ENTRY_PATH, namedEntryPath(AssetsSha256)] : [file.path];
    return targets.map((target) => ({ ...file, target }));
  });
  const failures: unknown[] = [];
  const copyNext = async (): Promise<void> => {
    for (let file = waiting.shift(); file && failures.length === 0; file = waiting.shift()) {
      const copied = copyFile(from, `${SourcePrefix}${file.path}`, to, `${AssetsSha256}/${file.target}`, file);
      await copied.catch((failure) => failures.push(failure));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, copyNext));
  if (failures.length > 0) throw failures[0];
  // Last: where the list is, all that it lists is there too.
  const itself = { path: 'assets.json', sha256: AssetsSha256, size: list.length };
  await copyFile(from, listKey, to, `${AssetsSha256}/${LIST_PATH}`, itself);
}

async function copyFile(
  from: OpenBucket,
  source: string,
  to: OpenBucket,
  target: string,
  file: ListedFile,
): Promise<void> {
  const bytes = await read(from, source, SHARED);
  prove(bytes, file, `s3://${from.bucket}/${source}`, 'Its publisher must publish the release again.');
  if (await writeNew(to, target, bytes, file.sha256)) return;
  const there = await read(to, target, 'It was there a moment ago: try again.');
  prove(there, file, `s3://${to.bucket}/${target}`, 'Somebody changed it: remove it and try again.');
}

function prove(bytes: Uint8Array, { sha256: expected, size }: ListedFile, place: string, advice: string): void {
  const actual = sha256(bytes);
  if (actual === expected && bytes.length === size) return;
  throw new Fault(
    `${place} is not the file that assets.json lists: ${bytes.length} bytes with SHA-256 ${actual}, ` +
      `not ${size} bytes with ${expected}. ${advice}`,
  );
}
