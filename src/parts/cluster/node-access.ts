import { when } from '../../aws/conditions.ts';
import { RolePolicy } from '../../aws/generated/iam-role-policy.ts';
import { accountId, noValue, partition, region } from '../../aws/intrinsics.ts';
import { policy } from '../../aws/policy.ts';
import { sub } from '../../aws/sub.ts';
import type { ResourceHandle, Template } from '../../aws/template.ts';
import type { Expression, Id } from '../../aws/value.ts';
import type { AccountingDatabase, NodeSettings } from '../base/handed.ts';

export interface NodeAccessInput {
  readonly roleName: Expression<Id<'AWS::IAM::Role.Name'>>;
  readonly clusterName: Expression<string>;
  readonly settings: NodeSettings;
  readonly bindSecretArn: Expression<string>;
  readonly certificateArn: Expression<string>;
  readonly accountingDatabase: AccountingDatabase;
}

/** Lets the role of the nodes read exactly these settings, this bind secret (no version that is to come), this certificate and, where there is one, the secret of the accounting database. */
export function nodeAccess(template: Template, input: NodeAccessInput): ResourceHandle<RolePolicy> {
  return template.resource(
    'NodeAccess',
    new RolePolicy({
      RoleName: input.roleName,
      PolicyName: sub`podlaunch-${input.clusterName}`,
      PolicyDocument: policy(
        {
          Effect: 'Allow',
          Action: 'ssm:GetParameter',
          Resource: sub`arn:${partition}:ssm:${region}:${accountId}:parameter${input.settings.parameter.ref()}`,
        },
        {
          Effect: 'Allow',
          Action: 'secretsmanager:GetSecretValue',
          Resource: [
            input.bindSecretArn,
            input.settings.vouched.ref(),
            when(input.accountingDatabase.wanted, input.accountingDatabase.secretArn, noValue),
          ],
          Condition: { 'ForAnyValue:StringEquals': { 'secretsmanager:VersionStage': 'AWSCURRENT' } },
        },
        { Effect: 'Allow', Action: 'acm:GetCertificate', Resource: input.certificateArn },
      ),
    }),
  );
}
