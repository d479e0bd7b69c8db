import { describe, expect, test } from 'vitest';
import { MAX_PER_CODE } from '../../src/diagnostics/cap.ts';
import { subVariables } from '../../src/document/intrinsics.ts';
import { readTemplate } from '../../src/document/read/read-template.ts';
import { validate } from '../../src/validate/validate.ts';

const many = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');

const VPC = '  Vpc:\n    Type: AWS::EC2::VPC\n    Properties:\n';
const tags = (count: number, value: (index: number) => string): string =>
  `${VPC}      CidrBlock: 10.0.0.0/16\n      Tags:\n${many(count, (i) => `        - {Key: a, Value: ${value(i)}}`)}\n`;

function found(text: string) {
  const findings = validate(readTemplate(text, 't.yaml'));
  return { findings, codes: [...new Set(findings.map(({ code }) => code))].sort() };
}

const pattern = (allowed: string, given: string): string =>
  `Parameters:\n  P: {Type: String, AllowedPattern: '${allowed}', Default: '${given}'}\nOutputs: {P: {Value: !Ref P}}\nResources:\n  T: {Type: AWS::EC2::InternetGateway}\n`;

describe('patterns that try each way of dividing a text', () => {
  test.each([
    ['^(a+)+$', `${'a'.repeat(30)}!`],
    ['^([a-zA-Z0-9]+-?)+$', 'abcdefghijklmnopqrstuvwxyz0123456789_'],
    ['(a|aa)+', `${'a'.repeat(60)}!`],
    ['(?=(a+)+b)a*', 'a'.repeat(34)],
    ['a*a*a*a*a*a*a*b', 'a'.repeat(1500)],
  ])('%s: it is said that the default is not checked', (allowed, given) => {
    const { findings } = found(pattern(allowed, given));
    expect(findings).toMatchObject([{ code: 'I2003', message: expect.stringContaining('too long') }]);
  });

  test('where they end soon, the default is checked', () => {
    expect(found(pattern('([a-z0-9-]+\\.)+[a-z]+', 'hyperpod.internal')).codes).toEqual([]);
    expect(found(pattern('([a-z0-9-]+\\.)+[a-z]+', 'hyperpod.')).codes).toEqual(['E2015']);
  });

  test('after a few no more are tried', () => {
    const text = `Parameters:\n${many(100, (i) => `  P${i}: {Type: String, AllowedPattern: '(a|${'a'.repeat(i + 1)})+', Default: ${'a'.repeat(400)}!}`)}\nResources:\n  T: {Type: AWS::EC2::InternetGateway}\n`;
    expect(found(text).codes).toEqual(['I2003', 'W2001']);
  });
});

describe("patterns of the registry's schemas that try each way of dividing a text", () => {
  const domain = (text: string): string =>
    `Resources:\n  T:\n    Type: AWS::DataSync::LocationSMB\n    Properties:\n      AgentArns: ['arn:aws:datasync:us-east-1:111122223333:agent/agent-01234567890123456']\n      User: a\n      Domain: ${text}\n`;

  test('a text that takes too long is not claimed to be wrong', () => {
    expect(found(domain(`${'a'.repeat(60)}!`)).codes).not.toContain('E3031');
  });

  test('other texts are judged, after such a template too', () => {
    expect(found(domain('corp!')).codes).toContain('E3031');
    expect(found(domain(`${'a'.repeat(60)}`)).codes).not.toContain('E3031');
  });
});

test('ten times as many resources as CloudFormation takes: that alone is said', () => {
  const { findings } = found(`Resources:\n${many(5001, (i) => `  V${i}: {Type: AWS::EC2::VPC}`)}\n`);
  expect(findings).toMatchObject([{ code: 'E3010', message: expect.stringContaining('Nothing else is checked') }]);
});

test('a name as long as a template is not repeated in full in a path either', () => {
  const { findings } = found(`Resources:\n  ${'A'.repeat(200_000)}: {Type: AWS::EC2::VPC}\n`);
  expect(JSON.stringify(findings).length).toBeLessThan(20_000);
});

test('variables of Fn::Sub are found at one look, whatever is opened and not closed', () => {
  expect(subVariables('${A${A${'.repeat(100_000))).toEqual([]);
  expect(subVariables(`${'${!'.repeat(100_000)}}`)).toEqual([]);
  expect(subVariables('${ A.B } ${!C} ${} ${D}${E F} ${')).toEqual(['A.B', 'D', 'E F']);
});

test.each([
  ['misspelt properties', `Resources:\n${VPC}${many(10_000, (i) => `      CidrBlok${i}: a`)}\n`, 'E3002'],
  [
    'references to misspelt names among many',
    `Parameters:\n${many(8000, (i) => `  Name${i}: {Type: String}`)}\nResources:\n${tags(1000, (i) => `!Ref Nam${i}`)}`,
    'E1020',
  ],
  ['keys that appear twice', `Resources:\n${many(20_000, (i) => `  V${i >> 1}: 1`)}\n`, 'E0000'],
  ['one key again and again', `Resources:\n${many(20_000, () => '  V: 1')}\n`, 'E0000'],
  [
    'merge keys, each of the one before',
    `a0: &a0 {x: 1}\n${many(800, (i) => `a${i + 1}: &a${i + 1} {<<: *a${i}, k${i}: 1}`)}\nResources:\n${VPC}      CidrBlock: a\n`,
    'W1100',
  ],
  ['aliases', `a: &a x\nMetadata:\n  x:\n${many(8000, () => '  - *a')}\nResources:\n${tags(1, () => 'a')}`, 'W1101'],
  ['resources', `Resources:\n${many(4000, (i) => `  V${i}: {Type: AWS::EC2::VPC}`)}\n`, 'E3010'],
  [
    'dependencies on nothing',
    `Resources:\n${many(4000, (i) => `  V${i}: {Type: AWS::EC2::VPC, DependsOn: W${i}}`)}\n`,
    'E3005',
  ],
  [
    'resources that all need each other',
    `Resources:\n${many(120, (i) => `  V${i}: {Type: AWS::EC2::VPC, DependsOn: [${Array.from({ length: 120 }, (_, j) => `V${j === i ? 0 : j}`).join(', ')}]}`)}\n`,
    'E3004',
  ],
  [
    'references to a resource whose condition asks nine parameters',
    `Parameters:\n${many(9, (i) => `  P${i}: {Type: String}`)}\nConditions:\n  C: !Or [${Array.from({ length: 9 }, (_, i) => `!Equals [!Ref P${i}, x]`).join(', ')}]\nResources:\n  A: {Type: AWS::EC2::VPC, Condition: C}\n${tags(4000, () => '!Ref A')}`,
    'W1001',
  ],
  [
    'lookups in a large mapping',
    `Mappings:\n  M:\n${many(2000, (i) => `    K${i}: {a: 1}`)}\nResources:\n${tags(4000, () => "!FindInMap [M, !Ref 'AWS::Region', b]")}`,
    'E1011',
  ],
  [
    'merge keys that bring in more than may be',
    `a0: &a0 {x: 1}\n${many(2000, (i) => `a${i + 1}: &a${i + 1} {<<: *a${i}, k${i}: 1}`)}\nResources:\n${VPC}      CidrBlock: a\n`,
    'PL3007',
  ],
  ['short forms that are none', `Resources:\n${tags(8000, (i) => `!Subb${i} x`)}`, 'PL3004'],
])('thousands of %s: an answer, the first of them and a count', (_, text, code) => {
  const { findings } = found(text);
  const ofCode = findings.filter((one) => one.code === code);
  expect(ofCode.length).toBeGreaterThan(0);
  expect(findings.length).toBeLessThan(10 * MAX_PER_CODE);
  expect(JSON.stringify(findings).length).toBeLessThan(200_000);
});

test('more findings of a code than are listed: how many, at the last that is listed', () => {
  const { findings } = found(`Resources:\n${VPC}${many(MAX_PER_CODE + 7, (i) => `      CidrBlok${i}: a`)}\n`);
  const unknown = findings.filter(({ code }) => code === 'E3002');
  expect(unknown).toHaveLength(MAX_PER_CODE + 1);
  expect(unknown.at(-1)).toMatchObject({
    severity: 'error',
    message: 'There are 7 more findings of E3002, not listed here.',
  });
  expect(unknown.at(-1)?.span).toEqual(unknown.at(-2)?.span);
});

test('names as long as a template are not repeated in full', () => {
  const { findings } = found(`Resources:\n${VPC}      CidrBlock: !Ref ${'A'.repeat(200_000)}\n`);
  expect(findings.map(({ code }) => code)).toContain('E1020');
  expect(JSON.stringify(findings.map(({ message }) => message)).length).toBeLessThan(10_000);
});

test('keys that JavaScript would call are keys like any other', () => {
  const odd = '{toString: 1, valueOf: 2}';
  const text = `Parameters:\n  P: {Type: String, Default: a, AllowedValues: [${odd}], NoEcho: ${odd}}\nConditions:\n  C: !Equals [!Ref P, a]\nResources:\n  V: {Type: AWS::EC2::VPC, Condition: C, DeletionPolicy: ${odd}, Metadata: ${odd}}\n`;
  expect(found(text).codes).toContain('E2015');
});
