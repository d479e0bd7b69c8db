// Checks the node scripts once, when podlaunch is built, so that a command need not start bash and Python for scripts
// that are as they were then. Writes lib/checked/: the hashes of what was checked, and ajv's validator of their settings.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Ajv } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';

const SCHEMA = 'lifecycle-scripts/node-settings.schema.json';

/**
 * @param {string} root of the repository
 * @param {string} out folder to write to
 * @returns {Promise<readonly string[]>} what was found; then no file counts as checked
 */
export async function checkScripts(root, out) {
  const folder = join(root, 'lifecycle-scripts');
  const { checkAssets, readAssets } = await checks(root);
  const assets = readAssets(folder);
  const found = checkAssets(assets, folder);
  mkdirSync(out, { recursive: true });
  await writeValidator(root, join(out, 'validate-settings.cjs'));
  const hashes = found.length > 0 ? {} : Object.fromEntries(assets.files.map(({ path, sha256 }) => [path, sha256]));
  writeFileSync(join(out, 'hashes.json'), `${JSON.stringify(hashes, null, 2)}\n`);
  return found.map(({ code, message }) => `${code}: ${message}`);
}

/**
 * The checks themselves, which are TypeScript: they are bundled for this one run.
 * @param {string} root
 * @returns {Promise<Pick<typeof import('../src/assets/check-assets.ts'), 'checkAssets'> & Pick<typeof import('../src/assets/read-assets.ts'), 'readAssets'>>}
 */
async function checks(root) {
  const scratch = mkdtempSync(join(tmpdir(), 'podlaunch-build-'));
  try {
    const outfile = join(scratch, 'checks.mjs');
    const contents = "export * from './src/assets/check-assets.ts'; export * from './src/assets/read-assets.ts';";
    await build({ stdin: { contents, resolveDir: root }, outfile, bundle: true, format: 'esm', platform: 'node' });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(scratch, { recursive: true });
  }
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
