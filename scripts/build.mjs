// Builds lib/ and nothing else: the JavaScript (bundled, in few files for each command), the types, the schemas, and what
// V8 compiles of the program. What it takes from src/*/generated/ is written by `npm run generate`.
import { execFileSync } from 'node:child_process';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.mjs';
import { checkScripts } from './check-scripts.mjs';
import { compileAhead } from './compile-ahead.mjs';
import { finishTypes } from './finish-types.mjs';
import { licenses } from './licenses.mjs';
import { versionAhead } from './version-ahead.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const lib = join(root, 'lib');

rmSync(lib, { recursive: true, force: true });
const inputs = await bundle(root, lib);
writeFileSync(join(lib, 'THIRD-PARTY-LICENSES'), licenses(inputs, root));
cpSync(join(root, 'src', 'aws', 'generated', 'schemas'), join(lib, 'schemas'), { recursive: true });
cpSync(join(root, 'src', 'config', 'generated', 'podlaunch.schema.json'), join(lib, 'podlaunch.schema.json'));
execFileSync(join(root, 'node_modules', '.bin', 'tsc'), ['-p', 'tsconfig.types.json'], { cwd: root, stdio: 'inherit' });
finishTypes(join(lib, 'types'));
for (const finding of await checkScripts(root, join(lib, 'checked'))) console.warn(`The node scripts: ${finding}`);
await versionAhead(root, lib);
compileAhead(lib);
