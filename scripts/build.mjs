// Builds lib/ and nothing else: the JavaScript (bundled, a chunk for each command), the types, and the schemas. What it
// takes from src/*/generated/ is written by `npm run generate`.
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const lib = join(root, 'lib');
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
/** Small and always at hand in the bundle; the AWS SDK and the X.509 library stay packages of their own. */
const BUNDLED = new Set(['ajv', 'commander', 'yaml']);

rmSync(lib, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: ['src/index.ts', 'src/cli/cli.ts'],
  outdir: lib,
  entryNames: '[name]',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  sourcemap: true,
  sourcesContent: false,
  external: Object.keys(dependencies).filter((name) => !BUNDLED.has(name)),
  // CommonJS packages inside an ES module ask for Node's own modules by require.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
chmodSync(join(lib, 'cli.js'), 0o755);
cpSync(join(root, 'src', 'aws', 'generated', 'schemas'), join(lib, 'schemas'), { recursive: true });
cpSync(join(root, 'src', 'config', 'generated', 'podlaunch.schema.json'), join(lib, 'podlaunch.schema.json'));
execFileSync(join(root, 'node_modules', '.bin', 'tsc'), ['-p', 'tsconfig.types.json'], { cwd: root, stdio: 'inherit' });
