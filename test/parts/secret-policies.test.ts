import { describe, expect, test } from 'vitest';
import { dataOf } from '../support/compiled.ts';
import { type Call, judged } from '../support/policy-evaluator.ts';
import { resolved } from '../support/resolved.ts';

const NODES = 'arn:aws:iam::111122223333:role/nodes';
const ADMIN = 'arn:aws:iam::111122223333:role/admin';
const SERVICE = 'arn:aws:iam::111122223333:role/cloudformation';
const SCIENTIST = 'arn:aws:iam::111122223333:role/studio';
const template = dataOf('directory');

const policyOf = (name: string, given: Record<string, string> = {}) =>
  resolved(template, template.Resources[name].Properties.ResourcePolicy, {
    ExecutionRoleArn: NODES,
    BindSecretReaderArns: `${ADMIN},${SERVICE}`,
    ...given,
  });
const read = (principal: string, context = {}): Call => ({
  principal,
  action: 'secretsmanager:GetSecretValue',
  resource: 'arn:aws:secretsmanager:us-west-2:111122223333:secret:x',
  context,
});
const FORWARDED = { 'aws:CalledVia': 'cloudformation.amazonaws.com' };

// Judged by an evaluator of our own (test/support/policy-evaluator.ts).
describe('the policies of the secrets', () => {
  test('the bind secret is read by nodes and those who are named, and by nobody else', () => {
    const policy = policyOf('BindSecretPolicy');
    for (const principal of [NODES, ADMIN, SERVICE]) expect(judged(policy, read(principal))).toBeUndefined();
    expect(judged(policy, read(SCIENTIST))).toBe('Deny');
    expect(judged(policy, { ...read(SCIENTIST), action: 'secretsmanager:BatchGetSecretValue' })).toBe('Deny');
  });

  test('and by CloudFormation, whose handler reads a secret that an update touches: for a user, and as a named service role', () => {
    const policy = policyOf('BindSecretPolicy');
    expect(judged(policy, read('arn:aws:iam::111122223333:user/launcher', FORWARDED))).toBeUndefined();
    expect(judged(policy, read(SERVICE))).toBeUndefined();
    for (const action of ['PutResourcePolicy', 'DeleteResourcePolicy', 'UpdateSecret', 'DeleteSecret', 'TagResource']) {
      expect(judged(policy, { ...read(SCIENTIST), action: `secretsmanager:${action}` })).toBeUndefined();
    }
  });

  test('the password of Admin is never read by nodes, and its reference works for any launcher and any service role', () => {
    const policy = policyOf('AdminSecretPolicy');
    expect(judged(policy, read(NODES))).toBe('Deny');
    for (const call of [read(ADMIN), read(ADMIN, FORWARDED), read(SERVICE), read(SCIENTIST)]) {
      expect(judged(policy, call)).toBeUndefined();
    }
  });

  test('without readers that are named the bind secret has no policy, without a role neither', () => {
    const made = (name: string, given: Record<string, string>) =>
      resolved(template, { 'Fn::If': [template.Resources[name].Condition, 'yes', 'no'] }, given);
    expect(made('BindSecretPolicy', { ExecutionRoleArn: NODES })).toBe('no');
    expect(made('BindSecretPolicy', { BindSecretReaderArns: ADMIN })).toBe('no');
    expect(made('AdminSecretPolicy', {})).toBe('no');
    expect(made('AdminSecretPolicy', { ExecutionRoleArn: NODES })).toBe('yes');
    expect(
      made('AdminSecretPolicy', {
        ExecutionRoleArn: NODES,
        ExistingAddress1: '10.0.0.1',
        ExistingAddress2: '10.0.0.2',
      }),
    ).toBe('no');
  });
});
