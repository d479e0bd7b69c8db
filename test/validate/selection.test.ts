import { expect, test } from 'vitest';
import { type Selection, validateTemplate } from '../../src/index.ts';
import { selector } from '../../src/validate/selection.ts';
import { codesOf } from '../support/refused.ts';

/** W2001 (a parameter that nothing uses), E3002 (a property that does not exist), PL3010 (a private type). */
const TEMPLATE = `Parameters:
  Unused: { Type: String }
Resources:
  Bucket: { Type: AWS::S3::Bucket, Properties: { BucketNam: a } }
  Wall: { Type: Acme::Network::Firewall }
`;
const found = (options: Selection) => validateTemplate(TEMPLATE, options).map((one) => `${one.severity} ${one.code}`);
const ALL = ['warning W2001', 'error E3002', 'info PL3010'];

test.each<[string, Selection, readonly string[]]>([
  ['nothing is said', {}, ALL],
  ['a code', { ignore: ['E3002'] }, ['warning W2001', 'info PL3010']],
  ['a code in small letters', { ignore: ['pl3010'] }, ['warning W2001', 'error E3002']],
  ['the beginning of codes', { ignore: ['E30', 'W'] }, ['info PL3010']],
  ['the name of a rule', { ignore: ['unknown-property'] }, ['warning W2001', 'info PL3010']],
  ['an exception to a beginning', { ignore: ['W', 'PL'], include: ['W2001'] }, ['warning W2001', 'error E3002']],
  ['an exception that is no longer than what is ignored', { ignore: ['W'], include: ['W'] }, ALL],
  ['a longer beginning that is ignored', { ignore: ['W200'], include: ['W'] }, ['error E3002', 'info PL3010']],
  ['severities', { severity: { W: 'error', E3002: 'info' } }, ['error W2001', 'info E3002', 'info PL3010']],
  [
    'the severity of a longer beginning counts',
    { severity: { W2001: 'info', W: 'error' } },
    ['info W2001', ...ALL.slice(1)],
  ],
  ['strict', { strict: true }, ['warning W2001', 'error E3002', 'error PL3010']],
  [
    'a severity counts more than strict',
    { strict: true, severity: { PL3010: 'warning' } },
    [...ALL.slice(0, 2), 'warning PL3010'],
  ],
])('%s', (_, selection, expected) => {
  expect(found(selection)).toEqual(expected);
});

test('of two that say something of the same rule the later one counts', () => {
  const findings = validateTemplate(TEMPLATE);
  const codes = (...all: readonly Selection[]) => selector(all)(findings).map(({ code }) => code);
  expect(codes({ ignore: ['W2001'] }, { include: ['W2001'] })).toContain('W2001');
  expect(codes({ include: ['W2001'] }, { ignore: ['W2001'] })).not.toContain('W2001');
});

test.each([
  ['E30002', 'E3002'],
  ['unused-paramter', 'unused-parameter'],
  ['', undefined],
  ['constructor', undefined],
])('%j is refused, with the nearest', (asked, near) => {
  for (const selection of [{ ignore: [asked] }, { include: [asked] }, { severity: { [asked]: 'error' as const } }]) {
    expect(codesOf(() => selector([selection]))).toEqual(['PL3101']);
    if (near)
      expect(() => selector([selection])).toThrow(
        expect.objectContaining({
          diagnostics: [expect.objectContaining({ hint: expect.stringMatching(/^Did you mean \S+\? /) })],
        }),
      );
  }
});

test('codes of cfn-lint that podlaunch does not have are known beside that engine', () => {
  expect(codesOf(() => selector([{ ignore: ['W9999'] }]))).toEqual(['PL3101']);
  expect(codesOf(() => selector([{ ignore: ['Q9999'] }], true))).toEqual(['PL3101']);
  const foreign = { code: 'W9999', severity: 'warning', message: '', path: [], related: [] } as const;
  expect(selector([{ ignore: ['W99'] }], true)([foreign])).toEqual([]);
});
