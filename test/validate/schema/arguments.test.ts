import { expect, test } from 'vitest';
import { readTemplate } from '../../../src/document/read/read-template.ts';
import { validate } from '../../../src/validate/validate.ts';

/** The errors in a template with an output of this value: their codes and messages. */
function errors(value: string): readonly string[] {
  const text = `Parameters:
  Names: { Type: CommaDelimitedList, Default: 'a,b' }
  Name: { Type: String, Default: a }
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
Outputs: { Out: { Value: ${value} } }
`;
  return validate(readTemplate(text, 't.yaml'))
    .filter(({ severity }) => severity === 'error')
    .map(({ code, path }) => `${code} ${path.slice(3).join('.')}`);
}

test.each([
  ["!Join ['-', [a, !Ref Names]]", 'E1020 Fn::Join.1.1.Ref'],
  ["!Join ['-', [!GetAZs '']]", 'E1015 Fn::Join.1.0.Fn::GetAZs'],
  ["!Join ['-', !Ref Name]", 'E1020 Fn::Join.1.Ref'],
  ["!Join ['-', !GetAtt Vpc.CidrBlock]", 'E1010 Fn::Join.1.Fn::GetAtt'],
  ["!Join ['-', [!GetAtt Vpc.CidrBlockAssociations]]", 'E1010 Fn::Join.1.0.Fn::GetAtt'],
  ["!Select [0, !Join [',', [a, b]]]", 'E1022 Fn::Select.1.Fn::Join'],
  ["!Sub ['${A}', { A: !Ref Names }]", 'E1020 Fn::Sub.1.A.Ref'],
  ['!Base64 { Ref: Names }', 'E1020 Fn::Base64.Ref'],
  ["!Select [0, !Split [',', !Ref Names]]", 'E1020 Fn::Select.1.Fn::Split.1.Ref'],
])('%s', (value, expected) => {
  expect(errors(value)).toEqual([expected]);
});

test.each([
  "!Join ['-', !Ref Names]",
  "!Join ['-', [!Ref Name, !Select [0, !GetAZs '']]]",
  "!Select [0, !Split [',', !Join [',', !Ref Names]]]",
  "!Sub ['${A}', { A: !Select [0, !Ref Names] }]",
])('nothing is wrong in %s', (value) => {
  expect(errors(value)).toEqual([]);
});
