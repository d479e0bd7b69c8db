import { why } from '../aws/comments.ts';
import type { Condition } from '../aws/conditions.ts';
import { ResourcePolicy } from '../aws/generated/secretsmanager-resource-policy.ts';
import type { Secret } from '../aws/generated/secretsmanager-secret.ts';
import { split } from '../aws/intrinsics.ts';
import { policy, type Statement } from '../aws/policy.ts';
import { sub } from '../aws/sub.ts';
import type { ResourceHandle, Template } from '../aws/template.ts';
import type { Expression } from '../aws/value.ts';

interface SecretPolicyInput {
  readonly secret: ResourceHandle<Secret>;
  readonly wanted: Condition;
  readonly nodeRoleArn: Expression<string>;
}

/**
 * Nodes never read Admin's password, whatever else their role is given. The role is named: a denial of all but some would
 * stop the stack's own reference to the password, which is resolved with the rights of whoever launches, or of a service
 * role that no template knows.
 */
export function adminSecretPolicy(template: Template, { secret, wanted, nodeRoleArn }: SecretPolicyInput): void {
  template.resource(
    'AdminSecretPolicy',
    new ResourcePolicy({
      SecretId: secret.ref(),
      ResourcePolicy: policy(denyReading({ ArnEquals: { 'aws:PrincipalArn': nodeRoleArn } })),
    }),
    { condition: wanted },
  );
}

/**
 * Nobody reads the bind secret but the nodes and those who are named. CloudFormation's own handler reads a secret when an
 * update touches it: calls that it makes with a user's rights pass, and its service role must be among the named.
 */
export function bindSecretPolicy(
  template: Template,
  { secret, wanted, nodeRoleArn, readerArns }: SecretPolicyInput & { readonly readerArns: Expression<string> },
): void {
  template.resource(
    'BindSecretPolicy',
    new ResourcePolicy({
      SecretId: secret.ref(),
      ResourcePolicy: policy(
        denyReading({
          ArnNotEquals: { 'aws:PrincipalArn': split(',', sub`${nodeRoleArn},${readerArns}`) },
          'ForAllValues:StringNotEquals': { 'aws:CalledVia': 'cloudformation.amazonaws.com' },
        }),
      ),
    }),
    { condition: wanted },
  );
}

function denyReading(Condition: NonNullable<Statement['Condition']>): Statement {
  return why('In the policy of a secret * is this secret.', {
    Effect: 'Deny' as const,
    Principal: '*',
    Action: ['secretsmanager:GetSecretValue', 'secretsmanager:BatchGetSecretValue'],
    Resource: '*',
    Condition,
  });
}
