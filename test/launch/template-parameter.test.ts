import { describe, expect, test } from 'vitest';
import { refusalOfValue, type TemplateParameter } from '../../src/launch/template-parameter.ts';

const string: TemplateParameter = { Type: 'String' };

describe('taken', () => {
  test.each<[TemplateParameter, string]>([
    [string, ''],
    [string, 'a'.repeat(4096)],
    [{ ...string, AllowedValues: ['a', 'b'] }, 'b'],
    [{ Type: 'Number', AllowedValues: [1, 2] }, '2'],
    [{ ...string, AllowedPattern: '^$|^a+$' }, ''],
    [{ ...string, AllowedPattern: 'a+' }, 'aaa'],
    [{ ...string, MinLength: 2, MaxLength: 2 }, '🎈🎈'],
    [{ Type: 'Number', MinValue: -1, MaxValue: 1 }, '-0.5'],
    [{ Type: 'AWS::EC2::VPC::Id' }, 'vpc-0123456789abcdef0'],
    [{ Type: 'AWS::EC2::Subnet::Id' }, 'subnet-01234567'],
    [{ Type: 'List<AWS::EC2::Subnet::Id>' }, 'subnet-01234567, subnet-89abcdef'],
    [{ Type: 'CommaDelimitedList', AllowedValues: ['a', 'b'] }, 'a,b'],
  ])('%j: %j', (parameter, value) => {
    expect(refusalOfValue(parameter, value)).toBeUndefined();
  });
});

test('a pattern that takes for ever is left to CloudFormation', () => {
  expect(refusalOfValue({ ...string, AllowedPattern: '^(a+)+$' }, `${'a'.repeat(44)}!`)).toBeUndefined();
});

describe('not taken', () => {
  test.each<[TemplateParameter, string, RegExp]>([
    [string, 'ä'.repeat(2049), /4096 bytes/],
    [string, '\ud800', /not text/],
    [{ ...string, AllowedValues: ['a', 'b'] }, 'c', /a, b/],
    [{ ...string, AllowedPattern: 'a+' }, 'aab', /a\+/],
    [{ ...string, AllowedPattern: '^[a-z]+$' }, 'a\n', /match/],
    [{ ...string, MinLength: 2 }, 'a', /characters/],
    [{ ...string, MaxLength: 2 }, 'aaa', /characters/],
    [{ Type: 'Number' }, 'many', /number/],
    [{ Type: 'Number' }, '', /number/],
    [{ Type: 'Number', MinValue: 1 }, '0', /at least 1/],
    [{ Type: 'Number', MaxValue: 9 }, '10', /at most 9/],
    [{ Type: 'AWS::EC2::VPC::Id' }, '', /vpc-/],
    [{ Type: 'AWS::EC2::SecurityGroup::Id' }, 'subnet-01234567', /sg-/],
    [{ Type: 'List<AWS::EC2::Subnet::Id>' }, 'subnet-01234567,', /subnet-/],
    [{ Type: 'CommaDelimitedList', AllowedValues: ['a'] }, 'a,b', /allowed/],
  ])('%j: %j', (parameter, value, reason) => {
    expect(refusalOfValue(parameter, value)).toMatch(reason);
  });
});
