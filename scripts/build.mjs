// Builds lib/ and nothing else: the JavaScript (bundled, a chunk for each command), the types, and the schemas. What it
// takes from src/*/generated/ is written by `npm run generate`.
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { checkScripts } from './check-scripts.mjs';
import { finishTypes } from './finish-types.mjs';
import { licenses } from './licenses.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const lib = join(root, 'lib');
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

rmSync(lib, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['src/index.ts', 'src/cli/cli.ts'],
  outdir: lib,
  entryNames: '[name]',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  // ES modules where a package has both: esbuild leaves out of them what nobody uses.
  mainFields: ['module', 'main'],
  target: 'node20.19',
  sourcemap: true,
  sourcesContent: false,
  // The AWS SDK stays a package of its own; all else is small, and an installation need not fetch it.
  external: Object.keys(dependencies),
  // CommonJS packages inside an ES module ask for Node's own modules by require.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
  metafile: true,
});
chmodSync(join(lib, 'cli.js'), 0o755);
writeFileSync(join(lib, 'THIRD-PARTY-LICENSES'), licenses(Object.keys(metafile.inputs), root));
cpSync(join(root, 'src', 'aws', 'generated', 'schemas'), join(lib, 'schemas'), { recursive: true });
cpSync(join(root, 'src', 'config', 'generated', 'podlaunch.schema.json'), join(lib, 'podlaunch.schema.json'));
execFileSync(join(root, 'node_modules', '.bin', 'tsc'), ['-p', 'tsconfig.types.json'], { cwd: root, stdio: 'inherit' });
finishTypes(join(lib, 'types'));
for (const finding of await checkScripts(root, join(lib, 'checked'))) console.warn(`The node scripts: ${finding}`);
