// Writes src/aws/generated/: a typed class and a compact JSON Schema for every resource type that podlaunch uses.
// Where they come from: the CloudFormation registry's schemas in the cfn-lint wheel, mended by resource-types/additions.json.
// Run with `npm run generate`; needs Python 3 with pip, once, to fetch the wheel. An argument names another folder to write to.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { classModule, fileName } from './resource-types/classes.mjs';
import { compactSchema, unpackWheel } from './resource-types/schemas.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = process.argv[2] ?? join(root, 'src', 'aws', 'generated');
const additions = JSON.parse(readFileSync(join(root, 'scripts', 'resource-types', 'additions.json'), 'utf8'));
const schemas = unpackWheel(additions.cfnLint, join(root, '.cache'));

rmSync(target, { recursive: true, force: true });
mkdirSync(join(target, 'schemas'), { recursive: true });
for (const type of additions.types) {
  const schema = compactSchema(schemas, type, additions);
  writeFileSync(join(target, `${fileName(type)}.ts`), classModule(schema));
  writeFileSync(join(target, 'schemas', `${type.replaceAll('::', '_')}.json`), `${JSON.stringify(schema, null, 1)}\n`);
}
console.log(`${additions.types.length} resource types written to ${target}`);
