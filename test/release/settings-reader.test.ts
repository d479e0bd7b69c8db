import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { exampleSettings } from '../../src/stacks/example-settings.ts';
import { settingsValidator } from '../support/settings-schema.ts';

const SCHEMA = 'lifecycle-scripts/node-settings.schema.json';
const ODD = [
  null,
  true,
  0,
  -1,
  1.5,
  99_999_999,
  '',
  'x'.repeat(300),
  'A "b"',
  'é\n',
  'Login',
  [],
  ['Login'],
  {},
] as const;

/** The value with each of its parts replaced by odd ones, left out, or given a property more. */
function* broken(value: unknown): Generator<unknown> {
  yield* ODD;
  if (typeof value !== 'object' || value === null) return;
  const isList = Array.isArray(value);
  for (const [key, part] of Object.entries(value)) {
    for (const other of broken(part)) {
      yield isList ? value.map((one, at) => (String(at) === key ? other : one)) : { ...value, [key]: other };
    }
    yield isList ? [...value, part] : Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
  }
  if (!isList) yield { ...value, extra: 1 };
}

test('the reader on the nodes and ajv find the same documents valid', () => {
  const valid = exampleSettings(DEFAULTS);
  const documents = [valid, ...broken(valid)];
  const ajv = settingsValidator();
  const program = `import json, sys
sys.path.insert(0, "lifecycle-scripts")
from podlaunch_node.schema import violations
schema = json.load(open("${SCHEMA}"))
print(json.dumps([not violations(schema, one) for one in json.load(sys.stdin)]))`;
  const output = execFileSync('python3', ['-IB', '-c', program], {
    input: JSON.stringify(documents),
    encoding: 'utf8',
  });
  const said = JSON.parse(output) as boolean[];
  const judged = documents.map((document) => ajv(document));
  expect(judged.filter(Boolean).length).toBeGreaterThan(10);
  expect(judged.filter((isValid) => !isValid).length).toBeGreaterThan(300);
  expect(documents.filter((_, at) => said[at] !== judged[at])).toEqual([]);
});
