import { expect, test } from 'vitest';
import { validateTemplate } from '../../src/index.ts';

const BUCKET = 'Resources:\n  Bucket:\n    Type: AWS::S3::Bucket\n';

test('a text in one call: its findings, with their places', () => {
  expect(validateTemplate(BUCKET)).toEqual([]);
  expect(validateTemplate(`${BUCKET}    Properties:\n      BucketNam: a\n`)).toMatchObject([
    { code: 'E3002', severity: 'error', span: { file: 'template', line: 5, column: 7, length: 9 } },
  ]);
});

test('JSON, and YAML that needs the library, are read alike; the name is the one that is given', () => {
  const json = JSON.stringify({ Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketNam: 'a' } } } });
  const flow = 'Resources: {Bucket: {Type: "AWS::S3::Bucket", Properties: &p {BucketNam: a}}}\n';
  for (const text of [json, flow])
    expect(validateTemplate(text, { file: 'mine' })).toMatchObject([
      { code: 'E3002', span: { file: 'mine', line: 1 } },
    ]);
});

test.each([
  ['nothing at all', '', 'PL3008'],
  ['white space', ' \n', 'PL3008'],
  ['something else', 'a: b\n', 'PL3008'],
  ['broken', 'Resources: [\n', 'E0000'],
])('%s is a finding, not an exception', (_, text, code) => {
  expect(validateTemplate(text).map((one) => one.code)).toContain(code);
});
