import type { Assets } from '../assets/assets.ts';
import type { AwsPlace } from '../cloud/place.ts';
import { sha256 } from '../files/sha256.ts';
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
export async function copyScripts(bucket: string, assets: Assets, { region, endpointUrl }: AwsPlace): Promise<number> {
  const options = { region, ...(endpointUrl !== undefined && { endpointUrl }) };
  const { store } = await openTarget(parseTarget(`s3://${bucket}/${assets.sha256}`, options));
  const list = Buffer.from(assets.json);
  const entry = assets.files.find(({ path }) => path === ENTRY_PATH);
  const files = [
    ...assets.files.map(({ path, bytes, sha256: hash }) => ({ path, bytes, sha256: hash })),
    { path: LIST_PATH, bytes: list, sha256: sha256(list) },
    // The last one: nodes begin with it.
    ...(entry === undefined ? [] : [{ ...entry, path: namedEntryPath(assets.sha256) }]),
  ];
  let written = 0;
  try {
    for (const { path, ...file } of files)
      if (await store.putIfAbsent(path, { ...file, mediaType: mediaType(path) })) written++;
  } finally {
    store.close();
  }
  return written;
}
