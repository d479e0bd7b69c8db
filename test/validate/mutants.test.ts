import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isObject, type JsonObject } from '../../src/document/intrinsics.ts';
import { readTemplate } from '../../src/document/read/read-template.ts';
import { schemaFor, typeNames } from '../../src/validate/schema/schema-for.ts';
import { errorPaths, templateOf, validProperties } from '../support/mutants/bases.ts';
import { type Mutant, mutantsOf, WRONG_RESOURCE } from '../support/mutants/operators.ts';
import { chance, oneOfEachKind } from '../support/mutants/seeded.ts';

/**
 * `npm run mutants` takes every mutant of every type, for hours, and says how far it is; the unit tests take one of each
 * kind of each type, chosen by a seed: PODLAUNCH_SEED=2 takes others.
 */
const all = process.env['PODLAUNCH_MUTANTS'] === 'all';
const seed = Number(process.env['PODLAUNCH_SEED'] ?? 1);

const PACKAGED = 'a text is a path until aws cloudformation package: a warning, W3002';

/** Mutants that are not found, each with the reason: `KIND TYPE PATH`. */
const MISSED: Readonly<Record<string, string>> = {
  'type AWS::CloudFormation::CustomResource ServiceTimeout': 'a custom resource may have any other property',
  'type directory.yaml AlignTargetsFunction Code': PACKAGED,
  'type AWS::DynamoDB::GlobalTable KeySchema.0.AttributeName':
    'the schema has prefixItems for the first key: items are those after it',
  'type AWS::Lambda::Function Code': PACKAGED,
  'type AWS::Lambda::LayerVersion Content': PACKAGED,
};

/** How many of the mutants were made and found, and at the right place; and which were missed. */
interface Tally {
  made: number;
  found: number;
  placed: number;
  readonly missed: string[];
}

const tally = (): Tally => ({ made: 0, found: 0, placed: 0, missed: [] });

function judge(count: Tally, name: string, { kind, path }: Mutant, found: ReturnType<typeof errorPaths>): void {
  count.made++;
  if (found.length > 0) count.found++;
  else count.missed.push(`${kind} ${name} ${path.join('.')}`);
  if (found.some((one) => isAt(one.slice(3), path))) count.placed++;
}

/** Whether a finding is where the change is: at it, within it, or at the mapping or list that it is in. */
function isAt(found: Mutant['path'], changed: Mutant['path']): boolean {
  const least = Math.min(found.length, changed.length);
  return found.length >= changed.length - 1 && found.slice(0, least).every((key, index) => key === changed[index]);
}

/** Prints what was measured, and asks for it. */
function expectFound(name: string, { made, found, placed, missed }: Tally): void {
  const share = (count: number): string => `${((100 * count) / made).toFixed(2)} %`;
  console.log(`${name}: ${made} mutants, ${share(found)} found, ${share(placed)} at the right place`);
  if (missed.length > 0) console.log(missed.map((one) => `${one}: ${MISSED[one] ?? 'NOT LISTED'}`).join('\n'));
  expect(made).toBeGreaterThan(100);
  expect(found / made, missed.join('\n')).toBeGreaterThanOrEqual(0.99);
  expect(placed / made).toBeGreaterThanOrEqual(0.97);
  if (seed === 1) expect(missed.filter((one) => !(one in MISSED))).toEqual([]);
}

/** Says how far a long run is, while it runs. */
function progress(done: number, of: number, { made, missed }: Tally): void {
  if (all && done % 20 === 0)
    process.stderr.write(`${done} of ${of} types, ${made} mutants, ${missed.length} missed\n`);
}

describe('mutants of properties, made by operators that come from the schemas', () => {
  test('of the templates in dist/', () => {
    const count = tally();
    for (const file of readdirSync('dist').filter((name) => name.endsWith('.yaml'))) {
      const template = readTemplate(readFileSync(`dist/${file}`, 'utf8'), file).value as { Resources: JsonObject };
      expect(errorPaths(template)).toEqual([]);
      let index = 0;
      for (const [id, resource] of Object.entries(template.Resources)) {
        if (!isObject(resource)) continue;
        const root = schemaFor(String(resource['Type']));
        const { Properties } = resource;
        if (!root || !isObject(Properties)) continue;
        for (const mutant of mutantsOf(root, Properties)) {
          if (!all && index++ % 12 !== 0) continue;
          const changed = { ...resource, Properties: mutant.properties };
          const Resources = { ...template.Resources, [id]: changed, WrongKind: WRONG_RESOURCE };
          judge(count, `${file} ${id}`, mutant, errorPaths({ ...template, Resources }));
        }
      }
    }
    expectFound('dist/', count);
  }, 600_000);

  test('of resources of all types, made of their schemas', () => {
    const count = tally();
    const random = chance(seed);
    const types = typeNames();
    const unmade: string[] = [];
    for (const [index, type] of types.entries()) {
      // No error is found in these: validProperties asks for it.
      const properties = validProperties(type);
      if (!properties) unmade.push(type);
      else {
        const mutants = mutantsOf(schemaFor(type)!, properties);
        for (const mutant of all ? mutants : oneOfEachKind(mutants, random))
          judge(count, type, mutant, errorPaths(templateOf(type, mutant.properties)));
      }
      progress(index + 1, types.length, count);
    }
    console.log(
      `${types.length - unmade.length} of ${types.length} types. No valid properties were made of ${unmade.join(', ')}`,
    );
    expect(unmade.length / types.length).toBeLessThan(0.08);
    expectFound('types', count);
  }, 36_000_000);
});
