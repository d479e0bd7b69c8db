import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { readTemplate } from '../../src/document/read/read-template.ts';
import { correctTemplate } from '../../src/pipelines/correct-template.ts';
import { validate } from '../../src/validate/validate.ts';

function corrected(text: string) {
  const { document, corrected: all } = correctTemplate(readTemplate(text, 't.yaml'), (one) => validate(one));
  return { text: document.text, codes: all.map(({ code }) => code) };
}

const bucket = (...lines: readonly string[]): string =>
  `Resources:\n  Bucket:\n    Type: AWS::S3::Bucket\n${lines.map((line) => `    ${line}\n`).join('')}`;
const parameter = (line: string, ...rest: readonly string[]): string =>
  `Parameters:\n  Name:\n    Type: String\n    ${line}\nResources:\n  Setting:\n    Type: AWS::SSM::Parameter\n    Properties:\n      Type: String\n      Value: !Ref Name\n${rest.join('')}`;
const lambda = (runtime: string): string =>
  `Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties:\n      Runtime: ${runtime}\n      Handler: index.handler\n      Role: arn:aws:iam::111122223333:role/a\n      Code: { S3Bucket: my-bucket, S3Key: a }\n`;

describe('what is certain is corrected, and nothing else changes', () => {
  test.each([
    ['the name of a property', bucket('Properties: { BucketNam: my-bucket } # mine'), 'BucketNam', 'BucketName'],
    ['its case', bucket('Properties:', '  bucketname: my-bucket'), 'bucketname', 'BucketName'],
    ['a name in quotes', bucket('Properties:', "  'BucketNam': my-bucket"), 'BucketNam', 'BucketName'],
    ['a key of a resource', bucket('Propertys:', '  BucketName: my-bucket'), 'Propertys', 'Properties'],
    ['a type', bucket('Metadata: { a: 1 }').replace('S3::Bucket', 'S3::Buckett'), 'S3::Buckett', 'S3::Bucket'],
    ['the type of a parameter', parameter('Default: a').replace('Type: String', 'Type: Strin'), 'Strin\n', 'String\n'],
    ['a reference', parameter('Default: a').replace('!Ref Name', '!Ref Nam'), '!Ref Nam', '!Ref Name'],
    ['a reference in a text', parameter('Default: a').replace('!Ref Name', "!Sub 'a ${Nme} b'"), '${Nme}', '${Name}'],
    ['an allowed value', parameter('Default: a').replace('      Type: String', '      Type: Strng'), 'Strng', 'String'],
    ['a bare word that is not text to YAML 1.1', parameter('Default: no'), ': no', ": 'no'"],
    ['a bare number that is another one to YAML 1.1', parameter('Default: 0123'), ': 0123', ": '0123'"],
    [
      'the same in a property',
      bucket('Properties:', '  BucketName: my-bucket', '  Tags: [{ Key: a, Value: on }]'),
      ': on',
      ": 'on'",
    ],
    ['a runtime that gets no patches', lambda('python3.9'), 'python3.9', 'python3.11'],
    ['a runtime that is gone', lambda('nodejs14.x'), 'nodejs14.x', 'nodejs22.x'],
  ])('%s', (_, text, wrong, right) => {
    const result = corrected(text);
    expect(result.text).toBe(text.replace(wrong, right));
    expect(result.codes).toHaveLength(1);
    expect(validate(readTemplate(result.text, 't.yaml')).filter(({ fix }) => fix)).toEqual([]);
  });

  test('what a correction uncovers is corrected too; comments, anchors, CRLF and order stay', () => {
    const text =
      '# a\r\nResources:\r\n  Bucket: # b\r\n    Type: AWS::S3::Buckett # c\r\n    Properties:\r\n      Tags: []\r\n      BucketNam:   my-bucket # d\r\n';
    expect(corrected(text)).toEqual({
      text: text.replace('Buckett', 'Bucket').replace('BucketNam:', 'BucketName:'),
      codes: ['E3006', 'E3002'],
    });
  });

  test('JSON', () => {
    const text = '{"Resources":{"Bucket":{"Type":"AWS::S3::Bucket","Properties":{"BucketNam":"my-bucket"}}}}';
    expect(corrected(text).text).toBe(text.replace('BucketNam"', 'BucketName"'));
  });
});

describe('what is not certain is left alone', () => {
  test.each([
    [
      'two names are near',
      parameter('Default: a', '  B: { Type: AWS::EC2::VPC, Properties: { CidrBlock: !Ref Namf } }\n').replace(
        'Parameters:',
        'Parameters:\n  Namd: { Type: String }\n  Name2: { Type: String }',
      ),
    ],
    ['no name is near', bucket('Properties: { Something: a }')],
    ['another digit is another thing', lambda('python3.19')],
    ['the right name is there already', bucket('Properties: { BucketNam: my-bucket, BucketName: my-bucket }')],
    [
      'an alias would change another place too',
      `${bucket('Properties: &p { BucketNam: my-bucket }')}  Other:\n    Type: AWS::S3::Bucket\n    Metadata: *p\n`,
    ],
    [
      'a bare word where a boolean may be meant',
      'Resources:\n  Vpc:\n    Type: AWS::EC2::VPC\n    Properties: { CidrBlock: 10.0.0.0/16, EnableDnsSupport: yes }\n',
    ],
    [
      'a word that YAML reads as something else',
      parameter('Default: a').replace('!Ref Name', '!Ref Nam').replaceAll('Name', 'No'),
    ],
    ['a runtime of a language without a newer one', lambda('go1.x')],
  ])('%s', (_, text) => {
    expect(corrected(text)).toEqual({ text, codes: [] });
  });
});

test('a letter that is missing in the key of a compiled template comes back, or nothing changes', () => {
  const templates = compile(DEFAULTS, { sha256: 'a'.repeat(64) });
  const lines = templates.flatMap(({ text }) =>
    text.split('\n').flatMap((line, index) => (/^ {6,}[A-Z]\w{5,}:/.test(line) ? [[text, index] as const] : [])),
  );
  let count = 0;
  fc.assert(
    fc.property(fc.constantFrom(...lines), fc.nat(), ([text, index], at) => {
      const all = text.split('\n');
      const [, indent, key, rest] = /^( *)(\w+)(:.*)$/.exec(all[index]!)!;
      const cut = 1 + (at % (key!.length - 1));
      all[index] = `${indent}${key!.slice(0, cut)}${key!.slice(cut + 1)}${rest}`;
      const wrong = all.join('\n');
      const result = corrected(wrong).text;
      expect([text, wrong]).toContain(result);
      if (result === text) count++;
    }),
    { numRuns: 20 },
  );
  expect(count).toBeGreaterThan(0);
});
