import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { SchemaNode } from '../../scripts/generate/config/schema-node.d.mts';
import { configFiles } from '../../scripts/generate/config.mjs';

const source = JSON.parse(readFileSync('src/config/podlaunch.schema.json', 'utf8')) as SchemaNode;

test.each(Object.entries(configFiles()))(
  '%s is up to date (renew it with npm run generate -- config)',
  (path, text) => {
    // Compared as a whole: a difference of this size would be of no use on a screen.
    expect(readFileSync(path, 'utf8') === text).toBe(true);
  },
);

test('a new key is written once, in the schema: types, defaults, validator and page follow', () => {
  const { workerGroup, ...others } = source.definitions!;
  const threads = { title: 'Threads', description: 'Threads of each core.', type: 'integer', maximum: 2, default: 2 };
  const widened = { ...workerGroup, properties: { ...workerGroup!.properties, threadsPerCore: threads } };
  const files = configFiles({ ...source, definitions: { ...others, workerGroup: widened } });
  expect(files['src/config/generated/types.ts']).toMatch(
    /interface WorkerGroup \{[^}]*\/\*\* Threads of each core\. \*\/\n {2}readonly threadsPerCore: number;/,
  );
  expect(files['src/config/generated/types.ts']).toMatch(
    /interface GivenWorkerGroup \{[^}]* threadsPerCore\?: number;/,
  );
  expect(files['src/config/generated/defaults.ts']).toMatch(/"cluster\.workers": \{[^}]*"threadsPerCore": 2/);
  expect(files['src/config/generated/validate-config.mjs']).toContain('threadsPerCore');
  expect(files['docs/configuration.md']).toContain(
    '| `cluster.workers[].threadsPerCore` | Threads of each core. | `2` |',
  );
});

test('a reference to nothing is a mistake in the schema', () => {
  const broken = { ...source, properties: { ...source.properties, extra: { $ref: '#/definitions/none' } } };
  expect(() => configFiles(broken)).toThrow('#/definitions/none');
});
