// What a script of the build needs of src/, which is TypeScript: it is bundled for one run.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/**
 * Loads modules of src/, and gives all that they export.
 * @param {string} root of the repository @param {readonly string[]} modules relative to root
 */
export async function fromSource(root, modules) {
  const scratch = mkdtempSync(join(tmpdir(), 'podlaunch-build-'));
  try {
    const outfile = join(scratch, 'modules.mjs');
    const contents = modules.map((path) => `export * from './${path}';`).join('\n');
    await build({ stdin: { contents, resolveDir: root }, outfile, bundle: true, format: 'esm', platform: 'node' });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}
