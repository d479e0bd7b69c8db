import { expect, test } from 'vitest';
import { readTemplate } from '../../../src/document/read/read-template.ts';
import { validate } from '../../../src/validate/validate.ts';

const RESOURCES = { A: { Type: 'AWS::S3::Bucket' } };
const many = <T>(count: number, value: T): Record<string, T> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`N${i}`, value]));
const found = (template: object): string[] => {
  const diagnostics = validate(readTemplate(JSON.stringify(template), 't.json'));
  return [...new Set(diagnostics.map(({ code }) => code).filter((code) => !/^W/.test(code)))];
};

test.each([
  ['500 resources', { Resources: many(500, RESOURCES.A) }, []],
  ['501 resources', { Resources: many(501, RESOURCES.A) }, ['E3010']],
  ['200 parameters', { Resources: RESOURCES, Parameters: many(200, { Type: 'String' }) }, []],
  ['201 parameters', { Resources: RESOURCES, Parameters: many(201, { Type: 'String' }) }, ['E2010']],
  ['201 outputs', { Resources: RESOURCES, Outputs: many(201, { Value: 'a' }) }, ['E6010']],
  ['201 mappings', { Resources: RESOURCES, Mappings: many(201, { a: { b: 'c' } }) }, ['E7010']],
  ['a name of 256 characters', { Resources: { ['A'.repeat(256)]: RESOURCES.A } }, ['E3011']],
  ['a description of 1,024 bytes', { Description: 'é'.repeat(512), Resources: RESOURCES }, []],
  ['a description of 1,026 bytes', { Description: 'é'.repeat(513), Resources: RESOURCES }, ['E1003']],
  [
    'a long description of a parameter',
    { Resources: RESOURCES, Parameters: { A1: { Type: 'String', Description: 'a'.repeat(4001) } } },
    ['E2001'],
  ],
  ['a body of 60 KB', { Resources: RESOURCES, Metadata: { a: 'a'.repeat(60_000) } }, ['PL3020']],
  ['a body of 1.1 MB', { Resources: RESOURCES, Metadata: { a: 'a'.repeat(1_100_000) } }, ['E1002']],
])('%s', (_, template, codes) => {
  expect(found(template)).toEqual(codes);
});

test.each([
  [60, []],
  [61, ['PL3021']],
])('%i dynamic references', (count, codes) => {
  const SecretString = '{{resolve:secretsmanager:a:SecretString:b}}'.repeat(count);
  expect(found({ Resources: { A: { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString } } } })).toEqual(
    codes,
  );
});
