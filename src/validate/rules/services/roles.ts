import { nearest } from '../../../diagnostics/nearest.ts';
import { isObject } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { type Model, objectAt } from '../../model/model.ts';
import { propertiesOf } from '../../model/of-type.ts';
import { propertiesPath } from '../../model/resource.ts';
import { actionsOf, services } from '../../schema/iam-actions.ts';
import { resource } from '../base/examples.ts';
import { resourceOf } from '../base/given.ts';
import { unlike } from '../base/linked.ts';
import { all, literal, resources, valuesAt } from '../base/look.ts';
import type { Check, Hit, Rule } from '../base/rule.ts';
import { itemsOf, plainTexts } from '../base/texts.ts';
import { policyDocuments } from './policy-documents.ts';
import { statementsOf } from './policy-statements.ts';
import { roleOf, trustedServices } from './role-permissions.ts';

const BUCKET = 'AWS::S3::Bucket';
const PRINCIPALS = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html';

/** Services that take on the role of a property. */
const USERS: readonly (readonly [type: string, property: string, service: RegExp, name: string])[] = [
  ['AWS::Lambda::Function', 'Role', /^lambda\./, 'lambda.amazonaws.com'],
  ['AWS::StepFunctions::StateMachine', 'RoleArn', /^states\./, 'states.amazonaws.com'],
  ['AWS::CodeBuild::Project', 'ServiceRole', /^codebuild\./, 'codebuild.amazonaws.com'],
  ['AWS::Scheduler::Schedule', 'Target.RoleArn', /^scheduler\./, 'scheduler.amazonaws.com'],
  [
    'AWS::EC2::FlowLog',
    'DeliverLogsPermissionArn',
    /^(?:vpc-flow-logs|delivery\.logs)\./,
    'vpc-flow-logs.amazonaws.com',
  ],
];

const role = (service: string, more = ''): string =>
  `  Role:\n    Type: AWS::IAM::Role\n    Properties:\n      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: ${service} }, Action: sts:AssumeRole }] }\n${more}`;
const withFunction = (service: string, mark: string): string =>
  `${resource('AWS::Lambda::Function', 'Runtime: python3.13', 'Handler: index.handler', 'Code: { ZipFile: a = 1 }', `Role: !GetAtt Role.Arn${mark}`)}${role(service)}`;
const bucketPolicy = (arn: string): string =>
  `${resource(
    'AWS::S3::BucketPolicy',
    ...['Bucket: !Ref Data', 'PolicyDocument:', "  Version: '2012-10-17'", '  Statement:', '    - Effect: Deny'],
    ...["      Principal: '*'", '      Action: s3:GetObject', `      Resource: ${arn}`],
  )}  Data:\n    Type: AWS::S3::Bucket\n    Properties: { BucketName: data-of-mine }\n`;
const twoPolicies = (name: string): string =>
  `Resources:\n${role('ec2.amazonaws.com', `      Policies:\n${['a', name].map((one) => `        - PolicyName: ${one}\n          PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Action: s3:GetObject, Resource: '*' }] }\n`).join('')}`)}`;

/** Names of principals that are not prefixes of IAM's actions. */
const OTHERS = (
  'edgelambda vpc-flow-logs delivery.logs transitgateway hyperpod.sagemaker spotfleet ops.apigateway ecs-tasks ' +
  'monitoring.rds rds-preview dms gamelift opsworks datapipeline eks-fargate-pods eks-nodegroup autoscaling ' +
  'application-autoscaling streams.metrics cloudtrail config-multiaccountsetup logger.cloudfront log-delivery ' +
  'billingreports lex lexv2 pinpoint mediaconvert iot greengrass states events scheduler pipes bedrock-agentcore'
).split(' ');

/** The principal that a misspelt one is most like; undefined of what may be right. */
function misspelt(principal: string): string | undefined {
  const [, name] = /^([a-z0-9-]+)\.amazonaws\.com$/.exec(principal) ?? [];
  if (name === undefined || name.length < 5) return undefined;
  if (OTHERS.includes(name) || actionsOf(name)) return undefined;
  const known = [...services(), ...OTHERS];
  const near = nearest(name, known);
  return near !== undefined && near.length >= 5 && Math.abs(near.length - name.length) <= 1 && sharesMost(near, name)
    ? near
    : undefined;
}

/** Whether two names differ in one letter, or in two that are swapped. */
function sharesMost(one: string, other: string): boolean {
  let start = 0;
  while (start < one.length && one[start] === other[start]) start++;
  let end = 0;
  while (end < Math.min(one.length, other.length) - start && one.at(-1 - end) === other.at(-1 - end)) end++;
  return Math.max(one.length, other.length) - start - end <= (one.length === other.length ? 2 : 1);
}

/** The name of a bucket as a pattern: what functions give is anything. Undefined where the template does not tell. */
function bucketName(model: Model, bucket: Json | undefined): RegExp | undefined {
  const id = resourceOf(model, bucket, BUCKET);
  const name = id === undefined ? bucket : propertiesOf(model, id)['BucketName'];
  const sub = isObject(name) ? literal(name['Fn::Sub']) : undefined;
  const text = literal(name) ?? sub;
  if (text === undefined) return undefined;
  const source = text.split(/\$\{[^}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return source.length > 6 ? undefined : new RegExp(`^${source.join('.*')}$`);
}

/** The bucket of the template whose ARN a value is, or of what is in it. */
function bucketOf(model: Model, value: Json): string | undefined {
  const text = isObject(value) ? literal(value['Fn::Sub']) : undefined;
  const [, id] = /^\$\{(\w+)\.Arn\}(?:\/.*)?$/.exec(text ?? '') ?? [];
  return resourceOf(model, id === undefined ? value : { 'Fn::GetAtt': [id, 'Arn'] }, BUCKET);
}

/** The name of another bucket than the policy's own in the ARN that a value is. */
function anotherBucket(model: Model, own: Json | undefined, value: Json): string | undefined {
  const [, name] = /^arn:[\w-]+:s3:::([^/*?]+)(?:\/.*)?$/.exec(literal(value) ?? '') ?? [];
  const pattern = name === undefined ? undefined : bucketName(model, own);
  if (pattern) return pattern.test(name!) ? undefined : name;
  const [id, other] = [resourceOf(model, own, BUCKET), bucketOf(model, value)];
  return unlike(id, other) ? other : undefined;
}

const bucketResources: Check = function* (model) {
  for (const document of policyDocuments(model)) {
    if (document.type !== 'AWS::S3::BucketPolicy') continue;
    const { Bucket: own } = propertiesOf(model, String(document.path[1]));
    for (const [statement, path] of statementsOf(document))
      for (const name of ['Resource', 'NotResource'])
        for (const [item, at] of isObject(statement) ? itemsOf(statement[name], [...path, name]) : []) {
          const other = anotherBucket(model, own, item);
          if (other !== undefined)
            yield { path: at, message: `A policy of a bucket can only name the bucket itself, not ${other}.` };
        }
  }
};

/** Roles, and who may take them on; policies of buckets. */
export const ROLE_RULES: readonly Rule[] = [
  {
    code: 'PL3153',
    name: 'role-user',
    message: 'The service that is to use a role may not take it on.',
    why: 'The service refuses the resource, and the stack rolls back.',
    fix: 'Name the service in AssumeRolePolicyDocument of the role.',
    url: PRINCIPALS,
    bad: [withFunction('ec2.amazonaws.com', ' # <-')],
    good: [withFunction('lambda.amazonaws.com', '')],
    check: all(
      ...USERS.map(([type, property, service, name]) =>
        resources(type, function* (object, path, model, known): Generator<Hit> {
          for (const { value, path: at } of valuesAt(object, property, path, known)) {
            const id = roleOf(model, value);
            const trusted = id === undefined ? undefined : trustedServices(model, id);
            if (id !== undefined && trusted && !trusted.some((one) => service.test(one)))
              yield {
                path: at,
                message: `${id} does not let ${name} take it on.`,
                related: [{ message: 'The role', path: propertiesPath(id, objectAt(model.resources, id)) }],
              };
          }
        }),
      ),
    ),
  },
  {
    code: 'PL3154',
    name: 'service-principal',
    message: 'The principal of a service is misspelt.',
    why: 'IAM refuses the policy, and the stack rolls back.',
    fix: 'Correct the name.',
    url: PRINCIPALS,
    bad: [
      `Resources:\n${role('lamda.amazonaws.com')}`.replace(/(lamda.*)\n/, '$1 # <-\n'),
      resource(
        'AWS::Lambda::Permission',
        'FunctionName: a',
        'Action: lambda:InvokeFunction',
        'Principal: evnts.amazonaws.com # <-',
      ),
    ],
    good: [
      `Resources:\n${role('lambda.amazonaws.com')}`,
      resource(
        'AWS::Lambda::Permission',
        'FunctionName: a',
        'Action: lambda:InvokeFunction',
        'Principal: events.amazonaws.com',
      ),
    ],
    *check(model) {
      for (const document of policyDocuments(model))
        for (const [statement, path] of statementsOf(document))
          for (const name of ['Principal', 'NotPrincipal']) {
            const principal = isObject(statement) ? statement[name] : undefined;
            for (const [text, at] of isObject(principal)
              ? plainTexts(principal['Service'], [...path, name, 'Service'])
              : []) {
              const near = misspelt(text);
              if (near !== undefined)
                yield { path: at, message: `AWS has no service ${text}.`, hint: `Did you mean ${near}.amazonaws.com?` };
            }
          }
      yield* resources('AWS::Lambda::Permission', function* (object, path): Generator<Hit> {
        const near = misspelt(literal(object['Principal']) ?? '');
        if (near !== undefined)
          yield {
            path: [...path, 'Principal'],
            message: `AWS has no service ${literal(object['Principal'])}.`,
            hint: `Did you mean ${near}.amazonaws.com?`,
          };
      })(model);
    },
  },
  {
    code: 'PL3155',
    name: 'bucket-policy-resource',
    message: 'A policy of a bucket names another bucket.',
    why: 'S3 refuses the policy, and the stack rolls back.',
    fix: 'Write the ARN of the bucket itself, and of what is in it.',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html',
    bad: [
      bucketPolicy('arn:aws:s3:::another/* # <-'),
      `${bucketPolicy('!Sub ${Other.Arn}/* # <-')}  Other:\n    Type: ${BUCKET}\n`,
    ],
    good: [bucketPolicy('arn:aws:s3:::data-of-mine/*'), bucketPolicy('!Sub ${Data.Arn}/*')],
    check: bucketResources,
  },
  {
    code: 'PL3156',
    name: 'policy-name-twice',
    message: 'Two policies of a role, user or group have the same name.',
    why: 'One replaces the other, and what it allowed is gone.',
    fix: 'Rename one.',
    url: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html',
    bad: [twoPolicies('a # <-')],
    good: [twoPolicies('b')],
    check: resources(['AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group'], function* (object, path): Generator<Hit> {
      const seen = new Set<string>();
      for (const { value, path: at, known } of valuesAt(object, 'Policies.*.PolicyName', path, new Map())) {
        const name = literal(value);
        if (name !== undefined && known.size === 0) {
          if (seen.has(name)) yield { path: at, message: `Another policy has the name ${name} already.` };
          seen.add(name);
        }
      }
    }),
  },
];
