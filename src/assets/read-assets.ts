import { readFileSync, statSync } from 'node:fs';
import { refuse } from '../diagnostics/refusal.ts';
import { sha256 } from '../files/sha256.ts';
import { ASSETS_JSON, type AssetFile, type Assets } from './assets.ts';
import { knownSha256 } from './checked-by-build.ts';
import { listFiles } from './list-files.ts';
import { ownLifecycleScripts } from './own-folder.ts';

/** Folder of the scripts within a release, whatever the publisher's own folder is called. */
export const LIFECYCLE_SCRIPTS = 'lifecycle-scripts';

/**
 * Reads what travels with the templates.
 * @param folder of the scripts that run on the nodes. Default: podlaunch's own
 * @throws Refusal PL2001 when there is no such folder, and those of `listFiles`
 */
export function readAssets(folder: string = ownLifecycleScripts()): Assets {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw refuse({
      code: 'PL2001',
      message: `The folder ${folder} of lifecycle scripts does not exist.`,
      hint: 'Correct lifecycleScripts in the configuration, or leave it out to publish the scripts that come with podlaunch.',
    });
  }
  const files = listFiles(folder).map((name): AssetFile => {
    const path = `${LIFECYCLE_SCRIPTS}/${name}`;
    const bytes = readFileSync(`${folder}/${name}`);
    return { path, bytes, sha256: hashOf(path, bytes) };
  });
  const json = assetsJson(files);
  return { files, json, sha256: hashOf(ASSETS_JSON, Buffer.from(json)) };
}

function hashOf(path: string, bytes: Uint8Array): string {
  return knownSha256(path, bytes) ?? sha256(bytes);
}

/** The text of assets.json. */
function assetsJson(files: readonly AssetFile[]): string {
  const list = files.map(({ path, sha256, bytes }) => ({ path, sha256, size: bytes.length }));
  return `${JSON.stringify({ schemaVersion: 1, files: list }, null, 2)}\n`;
}
