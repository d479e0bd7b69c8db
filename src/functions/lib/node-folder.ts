/** Folder of a release that nodes get, within the release. */
const FOLDER = 'lifecycle-scripts';

/** Path of the script that HyperPod runs, within a release. */
export const ENTRY_PATH: string = `${FOLDER}/on_init_complete.sh`;

/** Where nodes find the list of all files: no file of the publisher has such a name, dotfiles do not travel. */
export const LIST_PATH: string = `${FOLDER}/.assets.json`;

/** The name by which HyperPod calls the script on a node: it says which list of files counts. */
export function entryName(assetsSha256: string): string {
  return `on_init_complete-${assetsSha256}.sh`;
}

/** Path of the script under that name. */
export function namedEntryPath(assetsSha256: string): string {
  return `${FOLDER}/${entryName(assetsSha256)}`;
}
