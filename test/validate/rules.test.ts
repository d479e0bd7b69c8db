import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { Refusal } from '../../src/diagnostics/refusal.ts';
import { readTemplate } from '../../src/document/read/read-template.ts';
import { decodeTemplate } from '../../src/document/read/template-text.ts';
import { BESIDE } from '../../src/validate/rules/base/examples.ts';
import { CHECKED } from '../../src/validate/rules/checked.ts';
import { ALL_RULES, MEANINGS, severityOfRule } from '../../src/validate/rules/index.ts';
import { combinationRules } from '../../src/validate/schema/combinations.ts';
import { validate } from '../../src/validate/validate.ts';

/** What examples may name. */
const NAMED = new Map(Object.entries(BESIDE).map(([name, text]) => [name, readTemplate(text, name).value ?? null]));

/** What is found in an example, as if it were read from a file. */
function found(text: string): readonly Diagnostic[] {
  try {
    return validate({ ...readTemplate(decodeTemplate(Buffer.from(text), 't.yaml'), 't.yaml'), beside: NAMED });
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown.diagnostics;
    throw thrown;
  }
}

/** The lines at which a code is found, each once. */
function linesOf(code: string, text: string): readonly number[] {
  const lines = found(text).flatMap((one) => (one.code === code ? [one.span!.line] : []));
  return [...new Set(lines)];
}

/** The lines that end with `# <-`; of an empty file the first. */
function marked(text: string): readonly number[] {
  if (text === '') return [1];
  return text.split('\n').flatMap((line, index) => (line.endsWith('# <-') ? [index + 1] : []));
}

describe.each(ALL_RULES.map((rule) => [`${rule.code} ${rule.name}`, rule] as const))('%s', (_, rule) => {
  const { code, bad, good } = rule;
  test.each(bad.map((text, index) => [index, text] as const))('bad example %i: it is found', (_, text) => {
    expect(marked(text)).not.toEqual([]);
    expect(linesOf(code, text)).toEqual(marked(text));
    expect(found(text).find((one) => one.code === code)?.severity).toBe(severityOfRule(rule));
  });
  test.each(good.map((text, index) => [index, text] as const))('good example %i: nothing is found', (_, text) => {
    expect(linesOf(code, text)).toEqual([]);
    expect(found(text).filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

test('no two rules have the same code or name; each says in sentences what, why and what to do', () => {
  for (const key of ['code', 'name'] as const)
    expect(MEANINGS.map((one) => one[key])).toEqual([...new Set(MEANINGS.map((one) => one[key]))]);
  for (const { code, name, message, why, fix, url } of MEANINGS) {
    expect(code).toMatch(/^(?:[EWI]\d{4}|PL3\d{3})$/);
    expect(name).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
    for (const text of [message, why, fix])
      expect(text, code).toMatch(/^[^a-z].*\.$|^(?:podlaunch|aws|on|cfn-lint) .*\.$/s);
    expect(url).toMatch(/^https:\/\//);
  }
});

/** The codes that are written in files of src/, as `'E3002'`. */
function written(...folders: readonly string[]): readonly string[] {
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  const texts = files.filter((name) => name.endsWith('.ts')).map((name) => readFileSync(name, 'utf8'));
  return [...texts.join('\n').matchAll(/'((?:[EWI]\d{4})|(?:PL3\d{3}))'/g)].map(([, code]) => code!);
}

const codesOf = (rules: readonly { readonly code: string }[]): readonly string[] => rules.map(({ code }) => code);

test('every rule with a check is looked for', () => {
  expect(CHECKED.filter(({ check }) => check)).toEqual(ALL_RULES.filter(({ check }) => check));
});

test('no code outside the table, and none in it that nothing gives', () => {
  const bySchema = new Set([...written('src/validate/schema'), ...codesOf(combinationRules())]);
  const byReader = new Set([...written('src/document'), 'PL3008']);
  expect(codesOf(ALL_RULES.filter(({ by }) => by === 'schema')).filter((code) => !bySchema.has(code))).toEqual([]);
  expect(codesOf(ALL_RULES.filter(({ by }) => by === 'reader')).filter((code) => !byReader.has(code))).toEqual([]);
  const others = [...bySchema, ...byReader, ...written('src/validate/engines'), 'PL3103'];
  expect(others.filter((code) => !codesOf(MEANINGS).includes(code))).toEqual([]);
  const withoutExamples = MEANINGS.filter((one) => !('bad' in one));
  expect(codesOf(withoutExamples).filter((code) => !others.includes(code))).toEqual([]);
});
