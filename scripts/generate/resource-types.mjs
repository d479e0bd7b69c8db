// Writes src/aws/generated/: a typed class and a compact JSON Schema for every resource type that podlaunch uses.
// Where they come from: the CloudFormation registry's schemas in the cfn-lint wheel, mended by resource-types/additions.json.
// Needs Python 3 with pip, once, to fetch the wheel.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { classModule, fileName } from './resource-types/classes.mjs';
import { compactSchema, unpackWheel } from './resource-types/schemas.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const TARGET = join(root, 'src', 'aws', 'generated');

/** Writes the classes and schemas to a folder that is emptied first. @returns {string} what was written, for people */
export function generate(target = TARGET) {
  const additions = JSON.parse(readFileSync(join(import.meta.dirname, 'resource-types', 'additions.json'), 'utf8'));
  const schemas = unpackWheel(additions.cfnLint, join(root, '.cache'));
  rmSync(target, { recursive: true, force: true });
  mkdirSync(join(target, 'schemas'), { recursive: true });
  for (const type of additions.types) {
    const schema = compactSchema(schemas, type, additions);
    writeFileSync(join(target, `${fileName(type)}.ts`), classModule(schema));
    writeFileSync(
      join(target, 'schemas', `${type.replaceAll('::', '_')}.json`),
      `${JSON.stringify(schema, null, 1)}\n`,
    );
  }
  return `${additions.types.length} written to ${relative(root, target)}`;
}
