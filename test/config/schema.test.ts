import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { DOMAIN_NAME, INSTANCE_TYPE, MOUNT_PATH, SHORT_NAME } from '../../src/aws/patterns.ts';
import { CONFIG_SCHEMA, type SchemaNode, schemaAt } from '../../src/config/schema.ts';

type Visit = (path: string, node: SchemaNode) => void;

function walk(node: SchemaNode, visit: Visit, path = ''): void {
  if (path !== '') visit(path, node);
  for (const [key, inner] of Object.entries(node.properties ?? {})) walk(inner, visit, `${path}/${key}`);
  if (node.items) walk(node.items, visit, `${path}/0`);
}

const keys: [string, SchemaNode][] = [];
walk(CONFIG_SCHEMA, (path, node) => {
  if (!path.endsWith('/0')) keys.push([path, node]);
});

test.each(keys)('%s: an editor can show a title and a description', (_, node) => {
  expect(node.title).toMatch(/^[A-Z]/);
  expect(node.description).toMatch(/\.$/);
});

test.each(keys.filter(([, { type, properties }]) => !properties && type !== 'boolean' && type !== 'array'))(
  '%s: an editor can offer a value',
  (_, node) => {
    expect(node.examples ?? node.enum ?? (node.default === undefined ? undefined : [node.default])).toBeDefined();
  },
);

test('it is a JSON Schema of draft-07, and says nothing that ajv finds doubtful', () => {
  const ajv = new Ajv({ strict: true, allowUnionTypes: true });
  expect(ajv.validateSchema(CONFIG_SCHEMA)).toBe(true);
  expect(() => ajv.compile(CONFIG_SCHEMA)).not.toThrow();
});

test.each([
  [['directory', 'domain'], DOMAIN_NAME],
  [['directory', 'shortName'], SHORT_NAME],
  [['cluster', 'controller', 'type'], INSTANCE_TYPE],
  [['storage', 'mountPath'], MOUNT_PATH],
] as const)('%j has the pattern of the parameter whose default it is', (path, { AllowedPattern }) => {
  expect(schemaAt(path)).toMatchObject({ pattern: AllowedPattern });
});
