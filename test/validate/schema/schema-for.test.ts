import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { schemaFor, typeNames } from '../../../src/validate/schema/schema-for.ts';

test('every type in the index is read at its place, and is in no line of another', () => {
  const names = typeNames();
  expect(names.length).toBeGreaterThan(1800);
  expect(names).toEqual([...new Set(names)].sort());
  for (const name of names) {
    const schema = schemaFor(name);
    expect(schema?.typeName).toBe(name);
    expect(schema?.properties, name).toBeTypeOf('object');
  }
});

test('a type is asked for as it is written', () => {
  for (const name of [
    'AWS::EC2::VP',
    'AWS::EC2',
    'EC2::VPC',
    '',
    'aws::ec2::vpc',
    'AWS::EC2::VPC 1',
    '__proto__',
    '.*',
  ])
    expect(schemaFor(name), name).toBeUndefined();
});

test('the schemas stay as small as a download should be', () => {
  expect(readFileSync('src/aws/generated/schemas/schemas.jsonl').length).toBeLessThan(6_500_000);
});
