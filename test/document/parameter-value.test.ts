import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/document/intrinsics.ts';
import { constraintFault, valueFault } from '../../src/document/parameter-value.ts';
import { patternMatcher } from '../../src/document/pattern-match.ts';

const string: JsonObject = { Type: 'String' };

describe('taken', () => {
  test.each<[JsonObject, string]>([
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
    expect(valueFault(parameter, value)).toBeUndefined();
  });
});

test('a pattern that takes for ever is left to CloudFormation', () => {
  expect(valueFault({ ...string, AllowedPattern: '^(a+)+$' }, `${'a'.repeat(44)}!`)).toBeUndefined();
});

describe('not taken', () => {
  test.each<[JsonObject, string, RegExp]>([
    [string, 'ä'.repeat(2049), /4096 bytes/],
    [string, '\ud800', /not text/],
    [{ ...string, AllowedValues: ['a', 'b'] }, 'c', /among AllowedValues: a, b$/],
    [{ ...string, AllowedPattern: 'a+' }, 'aab', /a\+/],
    [{ ...string, AllowedPattern: '^[a-z]+$' }, 'a\n', /match/],
    [{ ...string, MinLength: 2 }, 'a', /fewer characters than MinLength, 2/],
    [{ ...string, MaxLength: 2 }, 'aaa', /characters/],
    [{ Type: 'Number' }, 'many', /number/],
    [{ Type: 'Number' }, '', /number/],
    [{ Type: 'Number', MinValue: 1 }, '0', /less than MinValue, 1/],
    [{ Type: 'Number', MaxValue: 9 }, '10', /more than MaxValue, 9/],
    [{ Type: 'AWS::EC2::VPC::Id' }, '', /vpc-/],
    [{ Type: 'AWS::EC2::SecurityGroup::Id' }, 'subnet-01234567', /sg-/],
    [{ Type: 'List<AWS::EC2::Subnet::Id>' }, 'subnet-01234567,', /subnet-/],
    [{ Type: 'CommaDelimitedList', AllowedValues: ['a'] }, 'a,b', /AllowedValues/],
    [{ Type: 'List<Number>' }, '1,b', /number/],
    [{ Type: 'Number', MinValue: '1' }, '0', /MinValue/],
  ])('%j: %j', (parameter, value, reason) => {
    expect(valueFault(parameter, value)).toMatch(reason);
  });
});

describe('a value and a default are judged alike', () => {
  test.each<[JsonObject, string, boolean]>([
    [{ ...string, MaxLength: 2 }, '🎈🎈', true],
    [{ ...string, MaxLength: 2 }, '🎈🎈🎈', false],
    [{ ...string, AllowedPattern: '(?i)[a-z]+' }, '7', true],
    [{ ...string, AllowedPattern: '[a-z]+' }, '7', false],
    [{ Type: 'List<Number>', MaxValue: 2 }, '1, 3', false],
  ])('%j: %j is taken: %j', (parameter, value, taken) => {
    expect(valueFault(parameter, value) === undefined).toBe(taken);
    expect(constraintFault(parameter, value, patternMatcher()) === undefined).toBe(taken);
  });
});

test('the id of a type is asked of a value, not of a default', () => {
  const vpc = { Type: 'AWS::EC2::VPC::Id' };
  expect(constraintFault(vpc, '', patternMatcher())).toBeUndefined();
  expect(valueFault(vpc, '')).toContain('vpc-');
});

test('a long list of allowed values is cut', () => {
  const AllowedValues = Array.from({ length: 200 }, (_, i) => `value-${i}`);
  expect(valueFault({ Type: 'String', AllowedValues }, 'x')).toMatch(/value-19, …$/);
});
