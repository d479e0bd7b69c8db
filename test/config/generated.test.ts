import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { configFiles, settingsSchema, sourceSchema } from '../../scripts/generate/config.mjs';

test.each(Object.entries(configFiles()))(
  '%s is up to date (renew it with npm run generate -- config)',
  (path, text) => {
    // Compared as a whole: a difference of this size would be of no use on a screen.
    expect(readFileSync(path, 'utf8') === text).toBe(true);
  },
);

const GENERATED = 'src/config/generated';
const source = sourceSchema();
const settings = settingsSchema();

test('a new key is written once, in the schema: types, defaults, validator and page follow', () => {
  const { workerGroup, ...others } = source.definitions!;
  const threads = { title: 'Threads', description: 'Threads of each core.', type: 'integer', maximum: 2, default: 2 };
  const widened = { ...workerGroup, properties: { ...workerGroup!.properties, threadsPerCore: threads } };
  const files = configFiles({ source: { ...source, definitions: { ...others, workerGroup: widened } } });
  expect(files[`${GENERATED}/types.ts`]).toMatch(
    /interface WorkerGroup \{[^}]*\/\*\* Threads of each core\. \*\/\n {2}readonly threadsPerCore: number;/,
  );
  expect(files[`${GENERATED}/types.ts`]).toMatch(/interface GivenWorkerGroup \{[^}]* threadsPerCore\?: number;/);
  expect(files[`${GENERATED}/defaults.ts`]).toMatch(/"cluster\.workers": \{[^}]*"threadsPerCore": 2/);
  expect(files[`${GENERATED}/validate-config.mjs`]).toContain('threadsPerCore');
  expect(files['docs/configuration.md']).toContain(
    '| `cluster.workers[].threadsPerCore` | Threads of each core. | `2` |',
  );
});

describe('a new node setting is written once, in its schema', () => {
  const banner = {
    title: 'Banner',
    description: 'Whether sshd shows a banner.',
    type: 'boolean',
    default: true,
    'x-more': '[more](README.md)',
    'x-cost': 'a line at each login',
  };
  const filesWith = (node: object) =>
    configFiles({ settings: { ...settings, properties: { ...settings.properties, showBanner: node } } });

  test('podlaunch.yaml, the nodes and both pages have it', () => {
    const files = filesWith(banner);
    expect(files[`${GENERATED}/types.ts`]).toMatch(/ {2}readonly nodes: \{[^}]* showBanner: boolean;/);
    expect(files[`${GENERATED}/defaults.ts`]).toMatch(/"nodes": \{[^}]*"showBanner": true/);
    expect(files[`${GENERATED}/validate-config.mjs`]).toContain('showBanner');
    expect(files['lifecycle-scripts/podlaunch_node/settings_document.py']).toContain('\n    show_banner: bool\n');
    expect(files['docs/configuration.md']).toContain('| `nodes.showBanner` | Whether sshd shows a banner. | `true` |');
    expect(files['docs/nodes/settings.md']).toContain(
      '| `showBanner` | true | Whether sshd shows a banner. [more](README.md) | a line at each login |',
    );
    expect(files[`${GENERATED}/node-parameters.ts`]).not.toContain('showBanner');
    expect(files[`${GENERATED}/podlaunch.schema.json`]).not.toContain('x-cost');
  });

  test('the form has it where its schema says so', () => {
    const group = { 'x-parameter': { group: 'Logging in' } };
    expect(filesWith({ ...banner, ...group })[`${GENERATED}/node-parameters.ts`]).toContain(`"showBanner": {
    "Type": "String",
    "group": "Logging in",
    "label": "Banner",
    "Description": "Whether sshd shows a banner.",
    "AllowedValues": [
      "true",
      "false"
    ],
    "ConstraintDescription": "true or false."
  }`);
    const number = { ...banner, ...group, type: 'integer', minimum: 1, maximum: 9, default: 3 };
    expect(filesWith(number)[`${GENERATED}/node-parameters.ts`]).toContain('A number from 1 to 9, such as 3.');
    expect(() => filesWith({ ...banner, ...group, type: 'array', items: { type: 'string' } })).toThrow('showBanner');
  });

  test('what has no default follows from the stacks: it is not a key of podlaunch.yaml', () => {
    const { default: _, ...derived } = banner;
    const files = filesWith(derived);
    expect(files['docs/configuration.md']).not.toContain('showBanner');
    expect(files['docs/nodes/settings.md']).toContain('| `showBanner` | – |');
  });
});

test('a reference to nothing is a mistake in the schema', () => {
  const broken = { ...source, properties: { ...source.properties, extra: { $ref: '#/definitions/none' } } };
  expect(() => configFiles({ source: broken })).toThrow('#/definitions/none');
});
