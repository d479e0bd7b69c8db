import { has, isList, isObject, type JsonObject, ownEntry } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { type Model, objectAt } from '../../model/model.ts';
import { getAttParts, subParts } from '../../model/references.ts';
import { actionsOf } from '../../schema/iam-actions.ts';
import { resource } from '../base/examples.ts';
import { literal } from '../base/look.ts';
import type { Rule } from '../base/rule.ts';
import { plainTexts } from '../base/texts.ts';
import { policyDocuments } from './policy-documents.ts';
import { statementsOf } from './policy-statements.ts';

const policy = (action: string, arn: string): string =>
  resource(
    'AWS::IAM::ManagedPolicy',
    ...['PolicyDocument:', "  Version: '2012-10-17'", '  Statement:', '    - Effect: Allow', `      Action: ${action}`],
    `      Resource: ${arn}`,
  );

/** The same beside a bucket. */
const withBucket = (action: string, arn: string): string =>
  `${policy(action, arn).trimEnd()}\n  Data:\n    Type: AWS::S3::Bucket\n`;

/** What Fn::GetAtt of Arn, or Ref, gives of types that policies often name: the service and the start of the resource. */
const ARNS: Readonly<Record<string, string>> = {
  'AWS::S3::Bucket.Arn': 's3:bucket',
  'AWS::SecretsManager::Secret': 'secretsmanager:secret:*',
  'AWS::SNS::Topic': 'sns:*',
  'AWS::SQS::Queue.Arn': 'sqs:*',
  'AWS::Lambda::Function.Arn': 'lambda:function:*',
  'AWS::DynamoDB::Table.Arn': 'dynamodb:table/*',
  'AWS::KMS::Key.Arn': 'kms:key/*',
  'AWS::IAM::Role.Arn': 'iam:role/*',
  'AWS::Logs::LogGroup.Arn': 'logs:log-group:*',
};

/** The service and the resource of an ARN in a policy; undefined where the template does not tell. */
function aboutOf(model: Model, value: Json): string | undefined {
  const text = literal(value) ?? (isObject(value) && has(value, 'Fn::Sub') ? subText(model, value) : undefined);
  if (text !== undefined) {
    const [arn, , service = '', , , ...rest] = text
      .replace(/\$\{AWS::\w+\}/g, '*')
      .replace(/\$\{[^}]*\}/g, '*')
      .split(':');
    return arn === 'arn' && /^[\w-]+$/.test(service) && rest.length > 0 ? `${service}:${rest.join(':')}` : undefined;
  }
  if (!isObject(value)) return undefined;
  const [id, attribute] = value['Fn::GetAtt'] === undefined ? [value['Ref']] : getAttParts(value['Fn::GetAtt']);
  const type = typeof id === 'string' ? objectAt(model.resources, id)['Type'] : undefined;
  return typeof type === 'string' ? ownEntry(ARNS, attribute === undefined ? type : `${type}.${attribute}`) : undefined;
}

/** The text of a Fn::Sub, with the ARNs of resources of the template in it. */
function subText(model: Model, value: JsonObject): string | undefined {
  const { text, given } = subParts(value['Fn::Sub'] ?? '');
  if (text === undefined || Object.keys(given).length > 0) return undefined;
  return text.replace(/\$\{(\w+)\.Arn\}/g, (written, id: string) => {
    const about = ownEntry(ARNS, `${objectAt(model.resources, id)['Type'] as string}.Arn`);
    return about === undefined ? written : `arn:*:${about.replace(':', ':*:*:')}`;
  });
}

/** Whether a resource may be of a form: `s3:bucket` or an ARN's service and resource, with wildcards. */
function fits(about: string, form: string): boolean {
  const [service, wanted] = [about.slice(0, about.indexOf(':')), form.slice(0, form.indexOf(':'))];
  if (service !== wanted) return false;
  const [own, other] = [about.slice(service.length + 1), form.slice(wanted.length + 1)];
  if (service === 's3' && (other === '.*' || other === '.*/.*')) {
    const isObjects = own.includes('/') || (own.includes('*') && own !== 'bucket*');
    return other === '.*' ? !/^[^*]*\//.test(own) : isObjects;
  }
  const start = other.split('.*', 1)[0]!;
  const before = own.split('*', 1)[0]!;
  return own.includes('*') ? start.startsWith(before) || before.startsWith(start) : own.startsWith(start);
}

/** Resources in policies, against the actions beside them. */
export const POLICY_RESOURCE_RULES: readonly Rule[] = [
  {
    code: 'PL3166',
    name: 'policy-resource',
    severity: 'warning',
    message: 'An action of a policy is never about the resources beside it.',
    why: 'The statement allows or denies nothing by it.',
    fix: 'Name resources that the action is about, such as arn:aws:s3:::BUCKET/* for objects.',
    url: 'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html',
    bad: [
      policy('s3:GetObject # <-', 'arn:aws:s3:::my-bucket'),
      policy('s3:ListBucket # <-', 'arn:aws:s3:::my-bucket/*'),
      policy('secretsmanager:GetSecretValue # <-', 'arn:aws:s3:::my-bucket'),
      withBucket('s3:GetObject # <-', '!GetAtt Data.Arn'),
    ],
    good: [
      policy('[s3:GetObject, s3:ListBucket]', "['arn:aws:s3:::my-bucket', 'arn:aws:s3:::my-bucket/*']"),
      policy('s3:*', 'arn:aws:s3:::my-bucket'),
      withBucket('s3:GetObject', '!Sub ${Data.Arn}/*'),
      withBucket('s3:ListBucket', '!GetAtt Data.Arn'),
      policy('[s3:GetObject, s3:ListBucket]', "'arn:aws:s3:::my-*'"),
      policy('ec2:CreateTags', '!Sub arn:${AWS::Partition}:ec2:*:*:network-interface/*'),
    ],
    *check(model) {
      for (const document of policyDocuments(model))
        for (const [statement, path] of statementsOf(document)) {
          const resources = isObject(statement) ? statement['Resource'] : undefined;
          if (!isObject(statement) || resources === undefined) continue;
          const abouts = (isList(resources) ? resources : [resources]).map((one) => aboutOf(model, one));
          if (abouts.some((one) => one === undefined)) continue;
          for (const [action, at] of plainTexts(statement['Action'], [...path, 'Action'])) {
            const [service = '', name = ''] = action.toLowerCase().split(':');
            const forms = /[*?]/.test(name) ? undefined : actionsOf(service)?.resources(name);
            if (forms && !abouts.some((about) => forms.some((form) => form === '*' || fits(about!, form))))
              yield { path: at, message: `${action} is never about the resources of this statement.` };
          }
        }
    },
  },
];
