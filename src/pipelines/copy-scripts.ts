import type { AssetFile, Assets } from '../assets/assets.ts';
import { AT_A_TIME, inParallel } from '../cloud/in-parallel.ts';
import type { AwsPlace } from '../cloud/place.ts';
import { ENTRY_PATH, LIST_PATH, namedEntryPath } from '../functions/lib/node-folder.ts';
import { openTarget } from '../publish/stores/open-store.ts';
import { mediaType } from '../release/media-type.ts';
import { parseTarget } from '../release/target.ts';

/**
 * Copies the node scripts into the stack's bucket, as the copy function of a release does: below the hash of their list,
 * with the list and the entry script under the name that says which list.
 * @returns how many were not there yet
 * @throws Refusal as S3 refuses
 */
export async function copyScripts(bucket: string, assets: Assets, place: AwsPlace): Promise<number> {
  const { store } = await openTarget(parseTarget(`s3://${bucket}/${assets.sha256}`, place));
  const list = { path: LIST_PATH, bytes: Buffer.from(assets.json), sha256: assets.sha256 };
  const entry = assets.files.find(({ path }) => path === ENTRY_PATH);
  let written = 0;
  const put = async ({ path, ...file }: AssetFile): Promise<void> => {
    if (await store.putIfAbsent(path, { ...file, mediaType: mediaType(path) })) written++;
  };
  try {
    await inParallel([...assets.files, list], AT_A_TIME, put);
    // The last one: nodes begin with it.
    if (entry) await put({ ...entry, path: namedEntryPath(assets.sha256) });
  } finally {
    store.close();
  }
  return written;
}
