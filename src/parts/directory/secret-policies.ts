import { why } from '../../aws/comments.ts';
import { type Presence, when } from '../../aws/conditions.ts';
import type { Form, OptionalText } from '../../aws/form.ts';
import { ResourcePolicy } from '../../aws/generated/secretsmanager-resource-policy.ts';
import type { Secret } from '../../aws/generated/secretsmanager-secret.ts';
import { split } from '../../aws/intrinsics.ts';
import { PRINCIPAL_ARNS } from '../../aws/patterns.ts';
import { policy, type Statement } from '../../aws/policy.ts';
import { sub } from '../../aws/sub.ts';
import type { ResourceHandle, Template } from '../../aws/template.ts';
import type { Expression, Id } from '../../aws/value.ts';
import type { ExistingDirectory } from '../base/handed.ts';
import { type IfGiven, made, optionalText } from '../base/needs.ts';
import { part } from '../base/part.ts';
import { HANDED_ON_ROLE } from './handed-on.ts';

const NEEDS = {
  ExecutionRoleArn: optionalText<Id<'AWS::IAM::Role.Arn'>>({ ...HANDED_ON_ROLE, given: 'HasNodeRole' }),
  existingDirectory: made,
  adminSecret: made,
  bindSecret: made,
};

/** Who may read the secrets of the directory: both policies begin with the role of the nodes. */
export const secretPolicies = part({
  name: 'secret-policies',
  group: 'Secrets',
  choices: askForReaders,
  needs: NEEDS,
  build(template, needs) {
    protectSecrets(template, needs);
    return {};
  },
});

/** The same where functions of the stack make the people, and rotate the bind secret: they read it, too. */
export const secretPoliciesWithPeople = part({
  name: 'secret-policies',
  group: 'Secrets',
  choices: askForReaders,
  needs: { ...NEEDS, peopleRole: made, rotationRole: made },
  build(template, { peopleRole, rotationRole, ...needs }) {
    // A function that is not made is named by the role of the nodes, which may read the secret anyway.
    const readers = [peopleRole, rotationRole].map(({ given, arn }) => when(given, arn, needs.ExecutionRoleArn.value));
    protectSecrets(template, needs, readers);
    return {};
  },
});

function askForReaders(form: Form) {
  return {
    readers: form.optional('BindSecretReaderArns', {
      label: 'Readers of the bind secret',
      Description:
        'Roles or users that may read the bind secret beside the nodes: who makes the account, and the service role if CloudFormation uses one. Needs ExecutionRoleArn. Empty: anyone whom IAM allows to.',
      given: 'HasSecretReaders',
      MaxLength: 2048,
      ...PRINCIPAL_ARNS,
    }),
  };
}

interface Secrets {
  readonly readers: OptionalText;
  readonly ExecutionRoleArn: IfGiven<Expression<Id<'AWS::IAM::Role.Arn'>>>;
  readonly existingDirectory: ExistingDirectory;
  readonly adminSecret: ResourceHandle<Secret>;
  readonly bindSecret: ResourceHandle<Secret>;
}

function protectSecrets(template: Template, secrets: Secrets, functions: readonly Expression<string>[] = []): void {
  const { readers, ExecutionRoleArn: nodeRole, existingDirectory } = secrets;
  protectAdminSecret(template, {
    secret: secrets.adminSecret,
    wanted: template.allOf('GuardsAdminSecret', [nodeRole.given, existingDirectory.none]),
    nodeRoleArn: nodeRole.value,
  });
  protectBindSecret(template, {
    secret: secrets.bindSecret,
    wanted: template.allOf('GuardsBindSecret', [nodeRole.given, readers.given]),
    nodeRoleArn: nodeRole.value,
    readerArns: functions.reduce((list, role) => sub`${role},${list}`, readers.value),
  });
}

interface SecretPolicyInput {
  readonly secret: ResourceHandle<Secret>;
  readonly wanted: Presence;
  readonly nodeRoleArn: Expression<string>;
}

/**
 * Nodes never read Admin's password, whatever else their role is given. The role is named: a denial of all but some would
 * stop the stack's own reference to the password, which is resolved with the rights of anyone who launches, or of a service
 * role that no template knows.
 */
function protectAdminSecret(template: Template, { secret, wanted, nodeRoleArn }: SecretPolicyInput): void {
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
function protectBindSecret(
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
