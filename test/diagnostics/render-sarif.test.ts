import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Diagnostic, error } from '../../src/diagnostics/diagnostic.ts';
import { validateTemplate } from '../../src/index.ts';
import { findingsAsSarif } from '../../src/validate/findings-as-sarif.ts';
import { ALL_RULES } from '../../src/validate/rules/index.ts';

/** The schema of OASIS, as Microsoft's package has it. */
const path = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const ajv = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false });
// Of draft 04, which ajv does not know by name; what it uses means the same in later ones.
const { $schema: _, id: __, ...schema } = JSON.parse(readFileSync(path, 'utf8'));
const isSarif = ajv.compile(schema);

function faults(findings: readonly Diagnostic[]): unknown {
  const log = JSON.parse(findingsAsSarif(findings));
  return isSarif(log) ? githubFaults(log) : isSarif.errors;
}

/**
 * What GitHub asks for beyond the schema, and how much it takes:
 * https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
function githubFaults({ runs: [run] }: any): readonly unknown[] {
  const { rules } = run.tool.driver;
  const badRules = rules.filter(
    (rule: any) =>
      ![rule.id, rule.shortDescription?.text, rule.fullDescription?.text, rule.help?.text].every(Boolean) ||
      rule.id.length > 255 ||
      rule.shortDescription.text.length > 1024 ||
      rule.fullDescription.text.length > 1024,
  );
  const badResults = run.results.filter((result: any) => {
    const { physicalLocation } = result.locations?.[0] ?? {};
    const region = physicalLocation?.region;
    return (
      rules[result.ruleIndex]?.id !== result.ruleId ||
      !result.message.text ||
      !physicalLocation?.artifactLocation.uri ||
      !(region?.startLine >= 1 && region.startColumn >= 1 && region.endColumn > region.startColumn) ||
      (result.relatedLocations?.length ?? 0) > 100
    );
  });
  return [...badRules, ...badResults, ...(run.results.length > 25_000 ? ['too many results'] : [])];
}

describe("SARIF keeps to OASIS's schema and to what GitHub asks for", () => {
  test('what each rule finds in its examples', () => {
    for (const { code, bad } of ALL_RULES)
      expect(faults(bad.flatMap((text) => validateTemplate(text))), code).toEqual([]);
  });

  test('no findings', () => expect(faults([])).toEqual([]));

  test('findings of any text, place and number, of codes that are not podlaunch’s too', () => {
    const span = fc.record({
      file: fc.oneof(fc.string({ unit: 'binary', minLength: 1 }), fc.constantFrom('/a b/ü.yaml', '..\\c.json')),
      line: fc.integer({ min: 1, max: 1e6 }),
      column: fc.integer({ min: 1, max: 1e6 }),
      length: fc.integer({ min: 1, max: 1e4 }),
    });
    const finding = fc.record(
      {
        code: fc.constantFrom('E3002', 'W9999', 'PL3040'),
        message: fc.string({ unit: 'binary', minLength: 1 }),
        path: fc.array(fc.oneof(fc.string(), fc.nat())),
        span,
        hint: fc.string({ unit: 'binary' }),
        related: fc.array(fc.record({ message: fc.string({ minLength: 1 }), span }), { maxLength: 20 }),
      },
      { requiredKeys: ['code', 'message'] },
    );
    fc.assert(
      fc.property(fc.array(finding), (all) => {
        expect(faults(all.map((one) => error(one as Parameters<typeof error>[0])))).toEqual([]);
      }),
    );
  });

  test('a log that breaks them is found', () => {
    const log = JSON.parse(findingsAsSarif(validateTemplate('Resources: {}\n')));
    log.runs[0].results[0].level = 'bad';
    expect(isSarif(log)).toBe(false);
    log.runs[0].results[0].locations = [];
    expect(githubFaults(log)).toHaveLength(1);
  });
});
