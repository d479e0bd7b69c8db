import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { DOMAIN_NAME, INSTANCE_TYPE, MOUNT_PATH, SHORT_NAME } from '../../src/aws/patterns.ts';
import { complete } from '../../src/config/complete.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { CONFIG_SCHEMA, resolved, type SchemaNode, schemaAt } from '../../src/config/schema.ts';

type Visit = (path: string, node: SchemaNode) => void;

function walk(node: SchemaNode, visit: Visit, path = ''): void {
  const whole = resolved(node);
  if (path !== '') visit(path, whole);
  for (const [key, inner] of Object.entries(whole.properties ?? {})) walk(inner, visit, `${path}/${key}`);
  if (whole.items) walk(whole.items, visit, `${path}/0`);
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

describe('defaults of the schema', () => {
  const defaults: Record<string, unknown> = {};
  walk(CONFIG_SCHEMA, (path, { default: value }) => {
    if (value !== undefined && !path.includes('/0/')) defaults[path] = value;
  });

  test('are those of the code, and every value that the code has is in the schema', () => {
    const actual: Record<string, unknown> = {};
    const flatten = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) actual[path] = value;
      else for (const [key, inner] of Object.entries(value)) flatten(inner, `${path}/${key}`);
    };
    flatten(DEFAULTS, '');
    expect(defaults).toEqual(actual);
  });

  test('of the entries of a list are those that the code fills in', () => {
    const given = {
      directory: { groups: [{ name: 'A' }] },
      cluster: { workers: [{ name: 'b', type: 'ml.c5.large' }] },
    };
    const config = complete(given);
    for (const [list, entry] of [
      [['directory', 'groups', 0], config.directory.groups[0]],
      [['cluster', 'workers', 0], config.cluster.workers[0]],
    ] as const) {
      for (const [key, value] of Object.entries(entry!)) {
        const { default: written, ...rest } = resolved(schemaAt(list)!.properties![key]!);
        if (key !== 'name' && key !== 'type') expect(value, `${key} ${JSON.stringify(rest)}`).toEqual(written);
      }
    }
  });
});

test('what stands in the node settings has the rules of the node settings', () => {
  const settings = JSON.parse(readFileSync('lifecycle-scripts/node-settings.schema.json', 'utf8'));
  const group = settings.properties.groups.items.properties;
  expect(schemaAt(['directory', 'groups', 0, 'name'])).toMatchObject({ pattern: group.name.pattern });
  expect(schemaAt(['directory', 'groups', 0, 'logIn', 0])?.enum).toEqual(settings.definitions.nodeType.enum);
  expect(schemaAt(['cluster', 'name'])).toMatchObject(settings.definitions.hyperPodName);
  for (const key of Object.keys(DEFAULTS.nodes)) {
    const { description, ...rules } = settings.properties[key] ?? settings.properties.homeDirectories.properties[key];
    expect(schemaAt(['nodes', key])).toMatchObject(rules);
  }
});

test.each([
  [['directory', 'domain'], DOMAIN_NAME],
  [['directory', 'shortName'], SHORT_NAME],
  [['cluster', 'controller', 'type'], INSTANCE_TYPE],
  [['storage', 'mountPath'], MOUNT_PATH],
] as const)('%j has the pattern of the parameter whose default it is', (path, { AllowedPattern }) => {
  expect(schemaAt(path)).toMatchObject({ pattern: AllowedPattern });
});
