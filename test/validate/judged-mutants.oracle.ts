import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { Diagnostic, Path } from '../../src/diagnostics/diagnostic.ts';
import type { JsonObject } from '../../src/document/intrinsics.ts';
import { readTemplate } from '../../src/document/read/read-template.ts';
import { validate } from '../../src/validate/validate.ts';
import { awsErrors, type CfnLintFinding, cfnLintFindings } from '../support/judges.ts';
import { someMutants } from '../support/mutants/language/mutants.ts';
import { madeTemplate } from '../support/mutants/made-template.ts';
import { chance } from '../support/mutants/seeded.ts';
import { hasPython } from '../support/python-tools.ts';

/**
 * Mutants of whole templates: functions, sections, policies, values. Whether one is wrong, cfn-lint and AWS's own
 * validator say. What schemas alone tell of is in mutants.test.ts. PODLAUNCH_SEED=2 takes others, and
 * `npm run mutants:judged` takes many.
 */
const seed = Number(process.env['PODLAUNCH_SEED'] ?? 1);
const each = process.env['PODLAUNCH_MUTANTS'] === 'all' ? 150 : 14;

interface Case {
  readonly name: string;
  readonly file: string;
  readonly base: string;
  readonly text: string;
}

const read = (file: string): JsonObject => readTemplate(readFileSync(file, 'utf8'), file).value as JsonObject;

/** Each base is a case of its own, which is its own base: what is found in it already counts for none of its mutants. */
function madeCases(): readonly Case[] {
  const random = chance(seed);
  const bases: readonly (readonly [string, JsonObject])[] = [
    ...['dist/access.yaml', 'dist/cluster.yaml', 'test/support/mutants/domain.yaml'].map(
      (file) => [file, read(file)] as const,
    ),
    ...[1, 2].map((index) => [`made-${index}`, madeTemplate(6, random)] as const),
  ];
  return bases.flatMap(([name, template], number) => {
    const base = `${number}-base.json`;
    const mutants = someMutants(template, each, random).map(({ kind, path, template: text }, index) => ({
      name: `${kind}: ${name} ${path.join('.')}`,
      // Every second one as people write it, with a line for each key.
      ...(index % 2 === 0
        ? { file: `${number}-${index}.json`, text: JSON.stringify(text, null, 2) }
        : { file: `${number}-${index}.yaml`, text: stringify(text, { aliasDuplicateObjects: false, lineWidth: 0 }) }),
      base,
    }));
    return [{ name, file: base, base, text: JSON.stringify(template, null, 2) }, ...mutants];
  });
}

function ourErrors({ text, file }: Case): readonly Diagnostic[] {
  return validate(readTemplate(text, file)).filter(({ severity }) => severity === 'error');
}

const errorsOf = (found: readonly CfnLintFinding[] = []): readonly CfnLintFinding[] =>
  found.filter(({ level }) => level === 'Error');

/** What is said of a mutant and not of its base. */
function fresh<T extends { readonly message: string }>(found: readonly T[], before: readonly T[]): readonly T[] {
  const known = new Set(before.map(({ message }) => message));
  return found.filter(({ message }) => !known.has(message));
}

const isNear = (one: number, other: number): boolean => Math.abs(one - other) <= 1;

describe.skipIf(!hasPython())('cfn-lint and AWS judge mutants of whole templates', () => {
  const cases = madeCases();
  const mutants = cases.filter(({ file, base }) => file !== base);
  const ours = new Map<string, readonly Diagnostic[]>();
  const theirs = new Map<string, readonly CfnLintFinding[]>();
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'podlaunch-mutants-'));
    for (const { file, text } of cases) writeFileSync(join(folder, file), text);
    const found = await cfnLintFindings(
      folder,
      cases.map(({ file }) => file),
    );
    const own = new Map(cases.map((one) => [one.file, ourErrors(one)]));
    for (const { file, base } of mutants) {
      ours.set(file, fresh(own.get(file)!, own.get(base)!));
      theirs.set(file, fresh(errorsOf(found.get(file)), errorsOf(found.get(base))));
    }
  }, 3_600_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('what one of them takes for wrong, podlaunch does', () => {
    const open = mutants.filter(({ file }) => theirs.get(file)!.length === 0);
    const bases = new Set(open.map(({ base }) => base));
    const aws = awsErrors(folder, [...bases, ...open.map(({ file }) => file)]);
    const byAws = new Map(open.map(({ file, base }) => [file, fresh(aws.get(file)!, aws.get(base)!)]));
    const faults = mutants.filter(({ file }) => theirs.get(file)!.length > 0 || byAws.get(file)!.length > 0);
    const missed = faults
      .filter(({ file }) => ours.get(file)!.length === 0)
      .map(({ name, file }) => {
        const [one] = theirs.get(file)!;
        const [other] = byAws.get(file) ?? [];
        return one ? `${name}: ${one.code} ${one.message}` : `${name}: AWS ${other!.ruleId} ${other!.message}`;
      });
    const share = 1 - missed.length / faults.length;
    console.log(`${mutants.length} mutants, ${faults.length} wrong, ${(100 * share).toFixed(1)} % of these found`);
    if (missed.length > 0) console.log(missed.join('\n'));
    expect(faults.length).toBeGreaterThan(mutants.length / 2);
    expect(share).toBeGreaterThanOrEqual(0.99);
  }, 3_600_000);

  test('what both find, they find at the same line', () => {
    const both = mutants.filter(({ file }) => ours.get(file)!.length > 0 && theirs.get(file)!.length > 0);
    const elsewhere = both.flatMap(({ name, file }) => {
      const lines = ours.get(file)!.map(({ span }) => span?.line ?? 1);
      if (theirs.get(file)!.some(({ line }) => lines.some((one) => isNear(one, line)))) return [];
      return [
        `${name}: ${where(theirs.get(file)!)}; here ${where(ours.get(file)!.map((one) => ({ ...one, line: one.span?.line ?? 1 })))}`,
      ];
    });
    const share = 1 - elsewhere.length / both.length;
    console.log(`${both.length} found by both, ${(100 * share).toFixed(1)} % at the same line`);
    if (elsewhere.length > 0) console.log(elsewhere.join('\n'));
    expect(share).toBeGreaterThanOrEqual(0.97);
  });
});

function where(found: readonly { readonly code: string; readonly line: number; readonly path: Path }[]): string {
  return found.map(({ code, line, path }) => `${code} line ${line} ${path.join('.')}`).join(', ');
}
