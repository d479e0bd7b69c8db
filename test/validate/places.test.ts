import { expect, test } from 'vitest';
import { readTemplate } from '../../src/document/read/read-template.ts';
import { validate } from '../../src/validate/validate.ts';

/** What a caret is under, of the findings of a code in a template. */
function underlined(code: string, text: string): readonly string[] {
  const lines = text.split('\n');
  return validate(readTemplate(text, 't.yaml')).flatMap(({ code: found, span }) =>
    found === code && span ? [lines[span.line - 1]!.slice(span.column - 1, span.column - 1 + span.length)] : [],
  );
}

const vpc = (...lines: readonly string[]): string =>
  `Resources:\n  Vpc:\n    Type: AWS::EC2::VPC\n    Properties:\n${lines.map((line) => `      ${line}\n`).join('')}`;

const output = (...lines: readonly string[]): string =>
  `${vpc('CidrBlock: 10.0.0.0/16')}Outputs:\n  Out:\n    Value:\n${lines.map((line) => `      ${line}\n`).join('')}`;

test.each([
  [
    'a mapping that lacks a key: its own key',
    'E3003',
    vpc('Tags:', '  - Key: a', '    Value: b').replace('VPC', 'Subnet'),
    'Properties',
  ],
  ['a mapping where text belongs: its key', 'E3012', vpc('CidrBlock:', '  Block: 10.0.0.0/16'), 'CidrBlock'],
  ['an item that lacks a key: its first line', 'E3003', vpc('CidrBlock: 10.0.0.0/16', 'Tags:', '  - Key: a'), 'Key: a'],
  ['the attribute that a type does not have', 'E1010', output('Fn::GetAtt:', '  - Vpc', '  - CidrBlok'), 'CidrBlok'],
  ['the resource that is not there', 'E1010', output('Fn::GetAtt:', '  - Vpcc', '  - CidrBlock'), 'Vpcc'],
  ['the argument that a function does not take', 'E1022', output('Fn::Join:', "  - '-'", '  - text'), 'text'],
  ['too few arguments: the name of the function', 'E1022', output('Fn::Join:', "  - '-'"), 'Fn::Join'],
  ['what Fn::Sub does not take beside its text', 'E1019', output('Fn::Sub:', "  - '${Vpc}'", '  - more'), 'more'],
])('%s', (_, code, text, expected) => {
  expect(underlined(code, text)).toEqual([expected]);
});
