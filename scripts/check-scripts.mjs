// Checks the node scripts once, when podlaunch is built, so that a command need not start bash and Python for scripts
// that are as they were then. Writes lib/checked/: what was checked, with hashes, and ajv's validator of their settings.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import { fromSource } from './from-source.mjs';

const CHECKS = ['src/assets/assets.ts', 'src/assets/check-assets.ts', 'src/assets/read-assets.ts'];
const SCHEMA = 'lifecycle-scripts/node-settings.schema.json';

/**
 * @param {string} root of the repository
 * @param {string} out folder to write to
 * @returns {Promise<readonly string[]>} what was found; then no file counts as checked
 */
export async function checkScripts(root, out) {
  const folder = join(root, 'lifecycle-scripts');
  /** @type {typeof import('../src/assets/assets.ts') & typeof import('../src/assets/check-assets.ts') & typeof import('../src/assets/read-assets.ts')} */
  const { ASSETS_JSON, checkAssets, readAssets } = await fromSource(root, CHECKS);
  const assets = readAssets(folder);
  const found = checkAssets(assets, folder);
  mkdirSync(out, { recursive: true });
  await writeValidator(root, join(out, 'validate-settings.cjs'));
  const { files, json, sha256 } = assets;
  // The list of them is itself a file that need not be hashed again.
  const checked = found.length > 0 ? [] : [...files, { path: ASSETS_JSON, bytes: Buffer.from(json), sha256 }];
  const list = checked.map(({ path, sha256, bytes }) => ({ path, sha256, size: bytes.length }));
  writeFileSync(join(out, 'files.json'), `${JSON.stringify(list, null, 2)}\n`);
  writeFileSync(join(out, 'files'), Buffer.concat(checked.map(({ bytes }) => bytes)));
  return found.map(({ code, message }) => `${code}: ${message}`);
}

/**
 * Writes the schema of the settings as code, as src/assets/settings-schema.ts would compile it.
 * @param {string} root
 * @param {string} outfile
 */
async function writeValidator(root, outfile) {
  const schema = JSON.parse(readFileSync(join(root, SCHEMA), 'utf8'));
  const options = { allErrors: true, strict: false, validateFormats: false, code: { source: true } };
  const ajv = new Ajv(options);
  const contents = /** @type {any} */ (standaloneCode).default(ajv, ajv.compile(schema));
  await build({ stdin: { contents, resolveDir: root }, outfile, bundle: true, format: 'cjs', platform: 'node' });
}
