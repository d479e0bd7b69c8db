import { describe, expect, test } from 'vitest';
import { HANDLER_PERMISSIONS } from '../../../src/aws/generated/handler-permissions.ts';
import { ONLY_TAGGED } from '../../../src/launch/catalog/bounds.ts';
import { isUnused } from '../../../src/launch/catalog/unused-permissions.ts';
import { type Context, isAllowed } from '../../support/policy-evaluator.ts';
import { resolved } from '../../support/resolved.ts';
import { catalogOf, launchpad, offered, PROJECT, trial } from './offered.ts';

const ACCOUNT = '111122223333';
const AWS = { 'AWS::Partition': 'aws', 'AWS::Region': 'us-west-2', 'AWS::AccountId': ACCOUNT };
/** A long account, region and partition, for what is counted in characters. */
const LONG = { 'AWS::Partition': 'aws-us-gov', 'AWS::Region': 'ap-southeast-1', 'AWS::AccountId': ACCOUNT };

const template = catalogOf(offered('1.0.0'), offered('1.0.0-trial', trial!.value)).value as any;
const policiesIn = (values: Readonly<Record<string, string>>) =>
  Object.values<any>(template.Resources)
    .filter(({ Type }) => Type === 'AWS::IAM::ManagedPolicy')
    .map(({ Properties }) => resolved(template, Properties.PolicyDocument, values));
const policies = policiesIn(AWS);

const arn = (service: string, resource: string) => `arn:aws:${service}:us-west-2:${ACCOUNT}:${resource}`;
const iam = (resource: string) => `arn:aws:iam::${ACCOUNT}:${resource}`;
const role = (name: string) => iam(`role/${name}`);
const STACK = `SC-${ACCOUNT}-pp-abcdefghijklm`;

const may = (action: string, resource: string, context: Context = {}) =>
  isAllowed(policies, {
    ...{ principal: role('launch'), action, resource },
    context: { 'aws:RequestedRegion': 'us-west-2', ...context },
  });

/** What CloudFormation would call the thing of a resource, where IAM compares a name. */
const NAMED: Readonly<Record<string, (id: string) => string>> = {
  cloudwatch: (id) => arn('cloudwatch', `alarm:${STACK}-${id}-1A2B`),
  events: (id) => arn('events', `rule/${STACK}-${id}-1A2B`),
  iam: (id) => iam(`${id.endsWith('Profile') ? 'instance-profile' : 'role'}/${STACK}-${id}-1A2B`),
  lambda: (id) => arn('lambda', `function:${STACK}-${id}-1A2B`),
  logs: (id) => arn('logs', `log-group:${STACK}-${id}-1A2B`),
  rds: (id) => arn('rds', `${RDS[id]}:${`${STACK}-${id}-1a2b`.toLowerCase()}`),
  s3: () => 'arn:aws:s3:::sagemaker-11111111-2222',
  sagemaker: () => arn('sagemaker', 'cluster/abcdefghijkl'),
  scheduler: (id) => arn('scheduler', id.endsWith('Group') ? `schedule-group/${id}-1A2B` : `schedule/Group-1A2B/${id}`),
  secretsmanager: (id) => arn('secretsmanager', `secret:${SECRETS[id] ?? `${id}-1A2B3C`}-a1b2c3`),
  sns: (id) => arn('sns', `${STACK}-${id}-1A2B`),
  ssm: (id) => arn('ssm', `parameter/${id === 'NodeSettings' ? 'podlaunch/hyperpod/node-settings' : `CFN-${id}-1A2B`}`),
};
const RDS: Readonly<Record<string, string>> = {
  SlurmDatabase: 'db',
  SlurmDatabaseParameters: 'pg',
  SlurmDatabaseSubnets: 'subgrp',
};
/** The resource policies name their secret. */
const SECRETS: Readonly<Record<string, string>> = {
  VouchedSettings: 'podlaunch/hyperpod/node-settings',
  AdminSecretPolicy: 'AdminSecret-1A2B3C',
  BindSecretPolicy: 'BindSecret-1A2B3C',
};
/** The keys of a service-linked role and of a role that is passed, by the type that asks for it. */
const LINKED: Readonly<Record<string, string>> = {
  'AWS::EC2::InstanceConnectEndpoint': 'ec2-instance-connect.amazonaws.com',
  'AWS::FSx::FileSystem': 'fsx.amazonaws.com',
  'AWS::SageMaker::Cluster': 'hyperpod.sagemaker.amazonaws.com',
};
const PASSED: Readonly<Record<string, string>> = {
  'AWS::EC2::Instance': 'ec2.amazonaws.com',
  'AWS::IAM::InstanceProfile': 'ec2.amazonaws.com',
  'AWS::Lambda::Function': 'lambda.amazonaws.com',
  'AWS::Scheduler::Schedule': 'scheduler.amazonaws.com',
  'AWS::SageMaker::Cluster': 'sagemaker.amazonaws.com',
};

interface Made {
  readonly Type: string;
  readonly Properties?: { readonly Tags?: Tags };
}
/** A list of them, or a map where the console has a name of its own. */
type Tags = readonly { readonly Key: string; readonly Value: string }[] | Readonly<Record<string, string>>;
const tagsOf = ({ Properties: { Tags = [] } = {} }: Made): readonly (readonly [string, string])[] =>
  Array.isArray(Tags) ? Tags.map(({ Key, Value }) => [Key, Value] as const) : Object.entries(Tags);
const resourcesOf = (value: unknown) => (value as { readonly Resources: Readonly<Record<string, Made>> }).Resources;
const resources = Object.entries({ ...resourcesOf(launchpad!.value), ...resourcesOf(trial!.value) });
const types = [...new Set(resources.map(([, { Type }]) => Type))].filter((type) => type.startsWith('AWS::'));

/** What the handlers of a resource's type ask of the role, and on what. */
function callsOf([id, made]: readonly [string, Made]) {
  const { Type } = made;
  const actions = (HANDLER_PERMISSIONS[Type] ?? '')
    .split(' ')
    .filter((action) => action !== '' && !isUnused(Type, action));
  const tags = tagsOf(made).map(([key, value]) => [`aws:ResourceTag/${key}`, value]);
  return actions.map((action) => {
    if (action === 'iam:CreateServiceLinkedRole')
      return {
        action,
        resource: role('aws-service-role/x/y'),
        context: { 'iam:AWSServiceName': LINKED[Type] ?? 'rds.amazonaws.com' },
      };
    if (action === 'iam:PassRole')
      return { action, resource: role(`${STACK}-Role`), context: { 'iam:PassedToService': PASSED[Type] ?? '' } };
    if (action === 'iam:GetRole') return { action, resource: role(`${STACK}-Role`), context: {} };
    const resource = NAMED[action.slice(0, action.indexOf(':'))]?.(id) ?? '*';
    return { action, resource, context: Object.fromEntries(tags) };
  });
}

describe('the launch role', () => {
  test("may do what the handlers of each resource's type call, to make, update and delete it", () => {
    // What is for features that no stack of ours uses: roles of a bucket, a topic, a rule, and RDS's own secret.
    const unusedHere = /^AWS::(?:S3::Bucket|SNS::\w+|Events::Rule|RDS::\w+) (?:iam:PassRole|secretsmanager:\w+)$/;
    const refused = resources.flatMap((resource) =>
      callsOf(resource)
        .filter(({ action }) => !unusedHere.test(`${resource[1].Type} ${action}`))
        .filter(({ action, resource: on, context }) => !may(action, on, context))
        .map(({ action }) => `${resource[0]}: ${action}`),
    );
    expect(refused).toEqual([]);
    expect(resources.flatMap(callsOf).length).toBeGreaterThan(500);
  });

  test("reads the public parameter of the bastion's image, and no other", () => {
    const image = 'aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id';
    const parameter = (name: string) => `arn:aws:ssm:us-west-2::parameter/${name}`;
    expect(may('ssm:GetParameters', parameter(image))).toBe(true);
    expect(may('ssm:GetParameters', parameter('aws/service/global-infrastructure/regions'))).toBe(false);
    expect(may('ssm:GetParameters', arn('ssm', `parameter/${image}`))).toBe(false);
  });

  test('may do nothing that no handler asks for', () => {
    const asked = new Set(types.flatMap((type) => HANDLER_PERMISSIONS[type]!.split(' ')));
    const own = /^(?:cloudformation:\w+|s3:GetObject|lambda:InvokeFunction|ssm:GetParameters?)$/;
    const granted = policies.flatMap(({ Statement }) => Statement.flatMap(({ Action }: any) => Action));
    expect(granted.filter((action) => !asked.has(action) && !own.test(action))).toEqual([]);
    expect(granted.filter((action) => action.includes('*'))).toEqual([]);
  });

  test.each([
    ['a role of somebody else', 'iam:PutRolePolicy', role('Admin'), {}],
    ['a role with a policy of somebody else', 'iam:AttachRolePolicy', role(`${STACK}-Role`), {}],
    ['a user', 'iam:CreateUser', `arn:aws:iam::${ACCOUNT}:user/SC-x`, {}],
    [
      'to pass a role to another service',
      'iam:PassRole',
      role(`${STACK}-Role`),
      { 'iam:PassedToService': 'glue.amazonaws.com' },
    ],
    [
      'to pass a role of somebody else',
      'iam:PassRole',
      role('Admin'),
      { 'iam:PassedToService': 'lambda.amazonaws.com' },
    ],
    [
      'another service-linked role',
      'iam:CreateServiceLinkedRole',
      role('aws-service-role/x'),
      { 'iam:AWSServiceName': 'x.amazonaws.com' },
    ],
    ['a stack that is not of Service Catalog', 'cloudformation:DeleteStack', arn('cloudformation', 'stack/mine/1'), {}],
    ['a function of somebody else', 'lambda:UpdateFunctionCode', arn('lambda', 'function:mine'), {}],
    ['a secret of somebody else', 'secretsmanager:GetSecretValue', arn('secretsmanager', 'secret:mine-a1b2c3'), {}],
    ['a bucket of somebody else', 's3:PutBucketPolicy', 'arn:aws:s3:::mine', {}],
    ['an object that is no template of Service Catalog', 's3:GetObject', 'arn:aws:s3:::mine/key', {}],
    ['a VPC without the tag', 'ec2:DeleteVpc', '*', {}],
    ['a VPC of another project', 'ec2:DeleteVpc', '*', { 'aws:ResourceTag/podlaunch:project': 'other' }],
    ['an instance profile of somebody else', 'iam:AddRoleToInstanceProfile', iam('instance-profile/mine'), {}],
    ['to change a host of somebody else', 'ec2:ModifyInstanceAttribute', '*', {}],
    ['to run documents of Systems Manager', 'ssm:CreateAssociation', '*', {}],
    ['another region', 'ec2:CreateVpc', '*', { 'aws:RequestedRegion': 'eu-west-1' }],
  ])('does not get %s', (_, action, resource, context) => {
    expect(may(action, resource, context)).toBe(false);
  });

  test('what it deletes by tag has the tag', () => {
    const tagged = resources.filter(([, { Type }]) => Object.values(ONLY_TAGGED).includes(Type));
    const without = tagged.filter(([, made]) => Object.fromEntries(tagsOf(made))['podlaunch:project'] !== PROJECT);
    expect(tagged.length).toBeGreaterThan(10);
    expect(without.map(([id]) => id)).toEqual([]);
  });

  test("its policies keep IAM's limit, whatever the region", () => {
    for (const document of policiesIn(LONG)) expect(JSON.stringify(document).length).toBeLessThanOrEqual(6144);
  });

  test('no role of a release has a managed policy, for which it has no permission', () => {
    expect(resources.filter(([, { Properties }]) => Properties && 'ManagedPolicyArns' in Properties)).toEqual([]);
  });
});
