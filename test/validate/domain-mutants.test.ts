import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readTemplate } from '../../src/document/read/read-template.ts';
import type { Json } from '../../src/document/template-document.ts';
import { validate } from '../../src/validate/validate.ts';
import { DOMAIN_MUTANTS } from '../support/mutants/domain-mutants.ts';

/** Mutants in which no error is found, with the reason. */
const NO_ERROR: Readonly<Record<string, string>> = {
  'hp: partition dev': 'a warning: HyperPod takes it',
  'hp: instance type param default': 'a warning: podlaunch may be older than the type',
  'hp: cluster name default': 'a warning: a parameter may be given something else',
  'ad: name default one label': 'a warning: the same',
  'ad: edition allowed values bad': 'a warning: the same',
  'ad: password plain': 'a warning: AWS takes it',
  'net: vpc /8': 'a warning: a parameter may be given something else',
  'lb: cross zone absent': 'a warning: AWS takes it',
  'lb: policy weak': 'a warning: AWS takes it',
  'lb: record outside zone': 'a warning: the name of the zone is a parameter',
  'st: template local': 'the command aws cloudformation package takes paths',
  'iam: action typo': 'a warning: podlaunch may be older than the action',
  'iam: service typo': 'a warning: the same',
  'iam: resource of other service': 'a warning: IAM takes it',
  'iam: object action on bucket': 'a warning: IAM takes it',
  'iam: bucket action on objects': 'a warning: IAM takes it',
  'svc: mapping retention': 'a warning, as with cfn-lint',
};

const text = readFileSync('test/support/mutants/domain.yaml', 'utf8');
const base: Json = readTemplate(text, 'domain.yaml').value ?? null;

/** What is found in a template that is given as a value. */
function found(value: Json): readonly string[] {
  const span = () => ({ file: 'domain.yaml', line: 1, column: 1, length: 1 });
  const all = validate({ file: 'domain.yaml', text: '', value, syntax: [], span });
  return all.flatMap(({ severity }) => (severity === 'info' ? [] : [severity]));
}

/** The keys that a place stands for. */
function keysOf(place: string): readonly string[] {
  if (place.startsWith('=')) return place.slice(1).split('.');
  if (place.includes('!')) return ['Resources', ...place.split('!')];
  const [resource = '', ...keys] = place.split('.');
  return keys.length === 0 ? ['Resources', resource] : ['Resources', resource, 'Properties', ...keys];
}

type Container = Record<string, Json>;

function change(template: Json, place: string, value: Json | undefined): void {
  const keys = keysOf(place);
  const last = keys.at(-1)!;
  let at = template as Container;
  for (const [index, key] of keys.slice(0, -1).entries()) {
    at[key] ??= /^\d+$/.test(keys[index + 1]!) ? [] : {};
    at = at[key] as Container;
  }
  if (value === undefined || (value === null && keys.length === 2)) delete at[last];
  else at[last] = value;
}

test('nothing is found in a template of the whole domain', () => {
  expect(found(base)).toEqual([]);
});

test('of faults of this domain, an error is found in all but those that are listed', () => {
  const without = DOMAIN_MUTANTS.flatMap(([name, place, value, ...more]) => {
    const template = structuredClone(base);
    for (const one of [[place, value] as const, ...more]) change(template, ...one);
    return found(template).includes('error') ? [] : [name];
  });
  const count = DOMAIN_MUTANTS.length;
  console.log(`${count} faults of the domain, ${(100 * (1 - without.length / count)).toFixed(1)} % with an error`);
  console.log(without.map((name) => `${name}: ${NO_ERROR[name] ?? 'NOT LISTED'}`).join('\n'));
  expect(without.sort()).toEqual(Object.keys(NO_ERROR).sort());
  expect(1 - without.length / count).toBeGreaterThan(0.95);
}, 300_000);
