import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isObject, type JsonObject } from '../../src/document/intrinsics.ts';
import { readTemplate } from '../../src/document/read/read-template.ts';
import { schemaFor, typeNames } from '../../src/validate/schema/schema-for.ts';
import { validate } from '../../src/validate/validate.ts';
import { cfnLintFindings } from '../support/judges.ts';
import { templateOf, validProperties } from '../support/mutants/bases.ts';
import { type Mutant, mutantsOf } from '../support/mutants/operators.ts';
import { hasPython } from '../support/python-tools.ts';

/** Some types of every service, and of each what is valid and one mutant of every kind. */
const TYPES = typeNames().filter((name, index) => index % 60 === 7 && !/^AWS::(?:QuickSight|Serverless)::/.test(name));

/** What cfn-lint reports in valid properties and podlaunch does not, with the reason. */
const NOT_OURS: Readonly<Record<string, string>> = {
  E3043: 'parameters of nested stacks: their files are not read',
};

interface Case {
  readonly name: string;
  readonly template: JsonObject;
  readonly mutant?: Mutant;
}

/** A mutant of each kind, the last of it: it lies deepest. */
function casesOf(type: string): readonly Case[] {
  const properties = validProperties(type);
  if (!properties) return [];
  const byKind = new Map([...mutantsOf(schemaFor(type)!, properties)].map((mutant) => [mutant.kind, mutant]));
  const mutants = [...byKind.values()].map((mutant) => ({
    name: `${type} ${mutant.kind} ${mutant.path.join('.')}`,
    template: templateOf(type, mutant.properties),
    mutant,
  }));
  return [{ name: type, template: templateOf(type, properties) }, ...mutants];
}

describe.skipIf(!hasPython())('cfn-lint judges templates of many types', () => {
  let folder: string;
  let cases: readonly Case[];
  const errors = new Map<string, readonly string[]>();
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'podlaunch-types-'));
    cases = TYPES.flatMap(casesOf);
    const files = cases.map((_, index) => `${index}.json`);
    for (const [index, { template }] of cases.entries())
      writeFileSync(join(folder, files[index]!), JSON.stringify(template, null, 1));
    const findings = await cfnLintFindings(folder, files, files.length);
    for (const file of files) {
      const wrong = findings.get(file)!.filter(({ level }) => level === 'Error');
      if (wrong.length > 0)
        errors.set(
          file,
          wrong.map(({ code }) => code),
        );
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('what podlaunch takes for valid, cfn-lint does too, but for what is listed', () => {
    const valid = cases.flatMap(({ name, mutant }, index) => (mutant ? [] : [{ name, index }]));
    expect(valid.length).toBeGreaterThan(20);
    const others = valid.flatMap(({ name, index }) =>
      (errors.get(`${index}.json`) ?? []).filter((code) => !(code in NOT_OURS)).map((code) => `${code} ${name}`),
    );
    expect(others).toEqual([]);
  });

  test('what cfn-lint finds an error in, podlaunch does', () => {
    const missed = cases.flatMap(({ name, template }, index) => {
      const theirs = errors.get(`${index}.json`) ?? [];
      if (theirs.every((code) => code in NOT_OURS)) return [];
      const text = JSON.stringify(template, null, 1);
      const ours = validate(readTemplate(text, 't.json')).some(({ severity }) => severity === 'error');
      return ours ? [] : [`${name}: ${theirs.join(', ')}`];
    });
    expect(missed).toEqual([]);
    const mutants = cases.filter(({ template }) => isObject(template)).length;
    console.log(`${cases.length} templates (${mutants}), ${errors.size} with an error of cfn-lint's`);
  });
});
