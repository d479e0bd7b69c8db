import { describe, expect, test } from 'vitest';
import { isAllowed, judged } from './policy-evaluator.ts';

const call = { principal: 'arn:aws:iam::1:role/a', action: 's3:GetObject', resource: 'arn:aws:s3:::b/k' };
const says = (statement: object) => judged({ Statement: [{ Effect: 'Deny', Resource: '*', ...statement }] }, call);

describe('our evaluator of policies', () => {
  test.each([
    ['an action by its name, in any case', { Action: 'S3:getobject' }, 'Deny'],
    ['an action by a wildcard', { Action: ['s3:Put*', 's3:Get*'] }, 'Deny'],
    ['another action', { Action: 's3:PutObject' }, undefined],
    ['all actions but some', { NotAction: 's3:PutObject' }, 'Deny'],
    ['all actions but this one', { NotAction: ['s3:GetObject'] }, undefined],
    ['another resource', { Action: '*', Resource: 'arn:aws:s3:::b' }, undefined],
    ['everybody', { Action: '*', Principal: '*' }, 'Deny'],
    ['this principal', { Action: '*', Principal: { AWS: 'arn:aws:iam::1:role/a' } }, 'Deny'],
    ['another principal', { Action: '*', Principal: { AWS: 'arn:aws:iam::1:role/b' } }, undefined],
    [
      'all but this one',
      { Action: '*', Condition: { ArnNotEquals: { 'aws:PrincipalArn': [call.principal] } } },
      undefined,
    ],
    ['all but another', { Action: '*', Condition: { ArnNotEquals: { 'aws:PrincipalArn': ['x'] } } }, 'Deny'],
    ['a key that is missing', { Action: '*', Condition: { StringEquals: { 'aws:CalledVia': 'x' } } }, undefined],
    ['one that is missing, negated', { Action: '*', Condition: { StringNotEquals: { 'aws:CalledVia': 'x' } } }, 'Deny'],
  ])('%s', (_, statement, expected) => expect(says(statement)).toBe(expected));

  test('a call needs one Allow and no Deny', () => {
    const allow = { Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] };
    const deny = { Statement: [{ Effect: 'Deny', Action: 's3:GetObject', Resource: '*' }] };
    expect([isAllowed([], call), isAllowed([allow], call), isAllowed([allow, deny], call)]).toEqual([
      false,
      true,
      false,
    ]);
  });

  test('what it does not know it does not let pass', () => {
    expect(() => says({ Action: '*', Condition: { IpAddress: { 'aws:SourceIp': '::1' } } })).toThrow('IpAddress');
    expect(() => says({ Action: '*', NotPrincipal: '*' })).toThrow('NotPrincipal');
  });
});
