import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkSettings } from '../../src/assets/settings-schema.ts';
import { assetsOf } from '../support/assets.ts';

const FILE = join('scripts', 'node-settings.schema.json');

async function found(schema: unknown, settings: unknown = {}): Promise<readonly (string | undefined)[][]> {
  const text = typeof schema === 'string' ? schema : JSON.stringify(schema);
  const findings = await checkSettings(assetsOf({ 'node-settings.schema.json': text }), 'scripts', settings);
  return findings.map(({ code, message, path }) => [code, message, ...path.map(String)]);
}

test('a folder of scripts without a schema reads the settings as it likes', async () => {
  expect(
    await checkSettings(assetsOf({ 'lib/node-settings.schema.json': '{"type": "array"}' }), 'scripts', {}),
  ).toEqual([]);
});

test('a file that is not JSON is found as such, not here', async () => {
  expect(await found('{')).toEqual([]);
});

test.each([
  ['a type that is none', { type: 'text' }],
  ['a list', []],
  ['null', null],
  ['a number', 1],
  ['a reference that leads nowhere', { $ref: '#/definitions/none' }],
  ['a reference to elsewhere', { $ref: 'https://example.com/other.json' }],
  ['a pattern that is none', { properties: { a: { pattern: '(' } } }],
  ['another draft', { $schema: 'https://json-schema.org/draft/2020-12/schema' }],
])('a schema that is none: %s', async (_, schema) => {
  expect(await found(schema)).toEqual([['PL2017', expect.stringContaining(`${FILE} is not a JSON Schema: `)]]);
});

test('words and formats that only others know are let be', async () => {
  expect(await found({ 'x-owner': 'us', properties: { a: { format: 'host' } } }, { a: 'b' })).toEqual([]);
});

test('every place in which the settings break it', async () => {
  const schema = {
    additionalProperties: false,
    required: ['schemaVersion'],
    properties: { groups: { items: { properties: { name: { pattern: '^[a-z]+$' } } } } },
  };
  const text = `The settings that the cluster stack writes break ${FILE}: `;
  expect(await found(schema, { groups: [{ name: 'a' }, { name: 'B' }], other: 1 })).toEqual([
    ['PL2018', `${text}the document must have required property 'schemaVersion' (schemaVersion).`],
    ['PL2018', `${text}the document must NOT have additional properties (other).`],
    ['PL2018', `${text}groups.1.name must match pattern "^[a-z]+$".`, 'groups', '1', 'name'],
  ]);
});

test('settings that a parameter of Parameter Store has no room for', async () => {
  const groups = (count: number) => ({ groups: Array.from({ length: count }, () => ({ name: 'x'.repeat(80) })) });
  expect(await found({}, groups(83))).toEqual([]);
  const text = 'The node settings need 7740 bytes; a parameter of Parameter Store has 8192';
  expect(await found({}, groups(84))).toEqual([['PL2020', expect.stringContaining(text)]]);
});
