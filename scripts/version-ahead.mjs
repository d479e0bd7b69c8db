// Keeps the version of a release of the defaults: `links` and `release` need not compile all templates for it. It is taken
// only where configuration and scripts are those that it was worked out for (src/pipelines/release-version.ts).
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromSource } from './from-source.mjs';

const MODULES = ['src/assets/read-assets.ts', 'src/config/defaults.ts', 'src/pipelines/release-version.ts'];

/**
 * @param {string} root of the repository @param {string} lib folder to write to
 */
export async function versionAhead(root, lib) {
  /** @type {typeof import('../src/assets/read-assets.ts') & typeof import('../src/config/defaults.ts') & typeof import('../src/pipelines/release-version.ts')} */
  const { DEFAULTS, readAssets, versionNow } = await fromSource(root, MODULES);
  const known = await versionNow(DEFAULTS, readAssets(join(root, 'lifecycle-scripts')));
  writeFileSync(join(lib, 'known-version.json'), `${JSON.stringify(known)}\n`);
}
