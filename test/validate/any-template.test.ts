import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { renderPretty } from '../../src/diagnostics/render-pretty.ts';
import { readTemplate } from '../../src/document/read/read-template.ts';
import type { Json } from '../../src/document/template-document.ts';
import { validate } from '../../src/validate/validate.ts';
import { jsonTree } from '../support/json-trees.ts';

const templates = compile(DEFAULTS, { sha256: 'a'.repeat(64) });

/** Values that rules may not expect where they are. */
const odd: fc.Arbitrary<Json> = fc.oneof(
  jsonTree,
  fc.constantFrom<Json>(
    ...[
      null,
      '',
      '${',
      '${A.B',
      '{{resolve:',
      'constructor',
      '__proto__',
      1e300,
      [],
      {},
      { toString: 1 },
      [[]],
      [null],
      { Ref: null },
    ],
    ...[{ Ref: 'AWS::NoValue' }, { 'Fn::If': [] }, { 'Fn::If': ['X', null] }, { 'Fn::GetAtt': 'A' }, { 'Fn::Sub': [] }],
    ...[{ 'Fn::Sub': ['${A}', null] }, { 'Fn::FindInMap': [{}] }, { Condition: [] }, { 'Fn::Transform': 1 }],
  ),
);

/** A place in a template, as a number that is brought into range at each step. */
const place = fc.array(fc.nat(), { minLength: 1, maxLength: 8 });

/** The value with another one somewhere in it. */
function changed(value: Json, [step, ...rest]: readonly number[], other: Json): Json {
  if (step === undefined || typeof value !== 'object' || value === null) return other;
  const entries = Object.entries(value);
  const index = entries.length === 0 ? 0 : step % entries.length;
  const next = entries.map(([key, item], i) => [key, i === index ? changed(item, rest, other) : item] as const);
  return Array.isArray(value) ? next.map(([, item]) => item) : Object.fromEntries(next);
}

/** Every finding has its place in the text (at most the end of a line, where something is missing), they are in order, and the same again. */
function soundFindings(text: string): readonly Diagnostic[] {
  const document = readTemplate(text, 't.yaml');
  const found = validate(document);
  const lines = document.text.split('\n');
  for (const { span, code, message } of found) {
    expect(code).toMatch(/^(?:[EWI]\d{4}|PL3\d{3})$/);
    expect(message).not.toMatch(/\bundefined\b|\[object /);
    expect(span?.file).toBe('t.yaml');
    const line = lines[span!.line - 1];
    expect(line, `${code} at line ${span!.line}`).toBeDefined();
    expect(span!.column + span!.length - 1, `${code} in ${line}`).toBeLessThanOrEqual(line!.length + 1);
  }
  const positions = found.map(({ span }) => span!.line * 1e6 + span!.column);
  expect(positions).toEqual(positions.toSorted((a, b) => a - b));
  expect(validate(readTemplate(text, 't.yaml'))).toEqual(found);
  expect(renderPretty(found, { text: () => document.text })).toBeTypeOf('string');
  return found;
}

test('a compiled template with anything anywhere in it gives findings, never an exception', () => {
  const choice = fc.tuple(fc.constantFrom(...templates), place, odd);
  fc.assert(
    fc.property(choice, ([{ value }, path, other]) => {
      soundFindings(JSON.stringify(changed(value!, path, other), null, 1));
    }),
    { numRuns: 20 },
  );
});

test('a compiled text that is cut, or has other characters in it, gives findings, never an exception', () => {
  const choice = fc.tuple(fc.constantFrom(...templates), fc.nat(), fc.nat(20), fc.string({ unit: 'binary' }));
  fc.assert(
    fc.property(choice, ([{ text }, at, length, insert]) => {
      const start = at % text.length;
      soundFindings(text.slice(0, start) + insert + text.slice(start + length));
    }),
    { numRuns: 10 },
  );
});

test('any text gives findings, never an exception', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => void soundFindings(text)));
});

test('any data with the sections of a template gives findings, never an exception', () => {
  const sections = ['Parameters', 'Mappings', 'Conditions', 'Rules', 'Outputs', 'Metadata', 'Transform'] as const;
  const section = fc.oneof(odd, fc.dictionary(fc.constantFrom('A', 'B', 'Fn::ForEach::X'), odd));
  const resource = fc.record(
    {
      Type: fc.constantFrom<Json>('AWS::EC2::VPC', 'AWS::SageMaker::Cluster', 'AWS::S3::Bucket', 'Custom::A', 'A', 1),
      Properties: odd,
      DependsOn: odd,
      Condition: odd,
      Metadata: odd,
      DeletionPolicy: odd,
    },
    { requiredKeys: [] },
  );
  const resources = fc.oneof(odd, fc.dictionary(fc.constantFrom('A', 'B', 'C'), fc.oneof(odd, resource)));
  const template = fc.record(
    { Resources: resources, ...Object.fromEntries(sections.map((name) => [name, section])) },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(template, (value) => void soundFindings(JSON.stringify(value))),
    { numRuns: 100 },
  );
});

test('a resource without a type has no type in messages either', () => {
  const password = "'{{resolve:ssm-secure:admin}}'";
  for (const type of ['', 'Type: [a]\n    ']) {
    const found = soundFindings(`Resources:\n  A:\n    ${type}Properties: { Password: ${password} }\n`);
    expect(found.map(({ code }) => code)).toContain('E3001');
  }
});
