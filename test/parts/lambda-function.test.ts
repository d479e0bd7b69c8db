import { describe, expect, test } from 'vitest';
import { equals } from '../../src/aws/conditions.ts';
import { SecurityGroup } from '../../src/aws/generated/ec2-security-group.ts';
import { Subnet } from '../../src/aws/generated/ec2-subnet.ts';
import { VPC } from '../../src/aws/generated/ec2-vpc.ts';
import { Bucket } from '../../src/aws/generated/s3-bucket.ts';
import { accountId } from '../../src/aws/intrinsics.ts';
import { sub } from '../../src/aws/sub.ts';
import { Template } from '../../src/aws/template.ts';
import type { Declaration } from '../../src/functions/lib/declaration.ts';
import { defineResource } from '../../src/functions/lib/define-resource.ts';
import { defineSchedule } from '../../src/functions/lib/define-schedule.ts';
import { lambdaFunction } from '../../src/parts/function/lambda-function.ts';
import { isAllowed } from '../support/policy-evaluator.ts';
import { resolved } from '../support/resolved.ts';

const keep = {
  name: 'keep-vpc',
  description: 'Keeps a VPC',
  runtime: 'nodejs24.x',
  memory: 128,
  timeout: 60,
  permissions: {
    Read: { actions: ['s3:GetObject'], on: 'given' },
    Find: {
      actions: ['ec2:DescribeVpcs', 'ec2:DescribeSubnets'],
      on: 'anything',
      why: 'EC2 describes all or nothing.',
    },
  },
  resource: {
    type: 'Custom::Keep',
    properties: { Name: 'text', Zones: 'texts', SubnetId: { id: 'AWS::EC2::Subnet.Id' } },
    answers: { VpcId: { id: 'AWS::EC2::VPC.Id' }, Label: 'text' },
  },
  schedule: { expression: 'rate(1 day)', properties: { Name: 'text' } },
} as const;
keep satisfies Declaration;

function make() {
  const template = new Template({ project: 'lab', title: 'functions' });
  const bucket = template.resource('Bucket', new Bucket({}), { tag: 'bucket' });
  const known = template.condition('Known', equals(accountId, '1'));
  const subnet = template.resource(
    'Subnet',
    new Subnet({ VpcId: template.resource('Vpc', new VPC({}), { tag: 'vpc' }).ref() }),
    { tag: 'subnet' },
  );
  const input = {
    code: { of: 'keep-vpc', text: 'exports.handler = async () => {};' },
    grants: { Read: { to: sub`${bucket.get('Arn')}/*`, when: known } },
    resource: { id: 'Keep', properties: { Name: 'a', Zones: ['a', 'b'], SubnetId: subnet.ref() } },
    schedule: { properties: { Name: 'a' } },
  } as const;
  return { template, bucket, input };
}

describe('what is made of a declaration', () => {
  const { template, input } = make();
  const { role, resource } = lambdaFunction(template, keep, input);
  const { Resources } = JSON.parse(JSON.stringify(template.body()));

  test('has ids of the function and a name for everything', () => {
    const ids = ['Logs', 'Role', 'Function', 'ScheduleGroup', 'ScheduleRole', 'Schedule'].map((end) => `KeepVpc${end}`);
    expect(Object.keys(Resources)).toEqual(expect.arrayContaining([...ids, 'Keep']));
    expect([role.logicalId, resource.logicalId]).toEqual(['KeepVpcRole', 'Keep']);
  });

  test('the custom resource waits a minute longer than the function may take', () => {
    const { Timeout, MemorySize, Runtime, LoggingConfig, VpcConfig } = Resources.KeepVpcFunction.Properties;
    expect(VpcConfig).toBeUndefined();
    expect({ Timeout, MemorySize, Runtime }).toEqual({ Timeout: 60, MemorySize: 128, Runtime: 'nodejs24.x' });
    expect(LoggingConfig).toEqual({ LogGroup: { Ref: 'KeepVpcLogs' } });
    expect(Resources.Keep).toEqual({
      Type: 'Custom::Keep',
      Properties: {
        ServiceToken: { 'Fn::GetAtt': ['KeepVpcFunction', 'Arn'] },
        ServiceTimeout: 120,
        Name: 'a',
        Zones: ['a', 'b'],
        SubnetId: { Ref: 'Subnet' },
      },
    });
  });

  test.each([
    ['1', true],
    ['2', false],
  ])(
    'the role may do what is declared, on what is given, where the condition is true: account %s',
    (account, reads) => {
      const given = { 'AWS::AccountId': account, 'AWS::StackId': 'arn:stack', 'Bucket.Arn': 'arn:aws:s3:::ours' };
      const body = JSON.parse(JSON.stringify(template.body()));
      const { Policies } = resolved(body, Resources.KeepVpcRole.Properties, {
        ...given,
        'KeepVpcLogs.Arn': 'arn:logs',
      });
      const policies = Policies.map(({ PolicyDocument }: any) => PolicyDocument);
      const may = (action: string, resource: string) =>
        isAllowed(policies, { principal: 'arn:role', action, resource });
      expect(may('s3:GetObject', 'arn:aws:s3:::ours/a')).toBe(reads);
      expect(may('s3:GetObject', 'arn:aws:s3:::theirs/a')).toBe(false);
      expect(may('s3:PutObject', 'arn:aws:s3:::ours/a')).toBe(false);
      expect(may('ec2:DescribeSubnets', 'arn:anything')).toBe(true);
      expect(may('cloudformation:DescribeStacks', 'arn:stack')).toBe(true);
      expect(may('cloudformation:DescribeStacks', 'arn:other')).toBe(false);
      expect(may('logs:PutLogEvents', 'arn:logs')).toBe(true);
    },
  );

  test('the schedule comes after the custom resource, and only this group of this account may use its role', () => {
    const { AssumeRolePolicyDocument, Policies } = Resources.KeepVpcScheduleRole.Properties;
    expect(AssumeRolePolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'scheduler.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: {
          StringEquals: {
            'aws:SourceAccount': { Ref: 'AWS::AccountId' },
            'aws:SourceArn': { 'Fn::GetAtt': ['KeepVpcScheduleGroup', 'Arn'] },
          },
        },
      },
    ]);
    expect(Policies[0].PolicyDocument.Statement).toEqual([
      { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: { 'Fn::GetAtt': ['KeepVpcFunction', 'Arn'] } },
    ]);
    const { GroupName, ScheduleExpression, Target } = Resources.KeepVpcSchedule.Properties;
    expect([GroupName, ScheduleExpression]).toEqual([{ Ref: 'KeepVpcScheduleGroup' }, 'rate(1 day)']);
    expect(JSON.parse(Target.Input['Fn::Sub'])).toEqual({
      StackId: '${AWS::StackId}',
      PhysicalResourceId: '${Keep}',
      Properties: { Name: 'a' },
    });
  });
});

describe('a function in the VPC', () => {
  const inside = {
    ...keep,
    inVpc: true,
    permissions: {
      ...keep.permissions,
      ReadCurrent: {
        actions: ['secretsmanager:GetSecretValue'],
        on: 'given',
        only: { 'secretsmanager:VersionStage': 'AWSCURRENT' },
      },
    },
  } as const;
  const { template, input } = make();
  const vpc = template.resource('Own', new VPC({}), { tag: 'own' });
  const group = new SecurityGroup({ GroupDescription: 'own', VpcId: vpc.ref() });
  const network = {
    subnetIds: [input.resource.properties.SubnetId],
    securityGroupId: template.resource('Group', group, { tag: 'own' }).get('GroupId'),
  };
  const secret = { to: 'arn:secret' as any, only: { 'aws:ResourceTag/of': accountId } };
  const given = { ...input, network, grants: { ...input.grants, ReadCurrent: secret } };
  const { lambda } = lambdaFunction(template, inside, given);
  const body = JSON.parse(JSON.stringify(template.body()));
  const values = { 'AWS::AccountId': '1', 'AWS::StackId': 'arn:stack', 'Bucket.Arn': 'arn:aws:s3:::ours' };
  const { Policies } = resolved(body, body.Resources.KeepVpcRole.Properties, { ...values, 'KeepVpcLogs.Arn': 'arn:l' });
  const policies = Policies.map(({ PolicyDocument }: any) => PolicyDocument);
  const may = (action: string, context: Record<string, string> = {}, resource = 'arn:any') =>
    isAllowed(policies, { principal: 'arn:role', action, resource, context });

  test('has its interfaces where the template says', () => {
    expect(lambda.logicalId).toBe('KeepVpcFunction');
    expect(body.Resources.KeepVpcFunction.Properties.VpcConfig).toEqual({
      SubnetIds: [{ Ref: 'Subnet' }],
      SecurityGroupIds: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }],
    });
  });

  // The list of AWS's page, https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
  test.each([
    'CreateNetworkInterface',
    'DescribeNetworkInterfaces',
    'DescribeSubnets',
    'DeleteNetworkInterface',
    'AssignPrivateIpAddresses',
    'UnassignPrivateIpAddresses',
  ])('Lambda may ec2:%s for it, its code may not', (action) => {
    expect(may(`ec2:${action}`)).toBe(true);
    expect(may(`ec2:${action}`, { 'lambda:SourceFunctionArn': 'arn:function' })).toBe(false);
  });

  test("a permission is narrowed by the declaration's condition and by the template's", () => {
    const read = (stage: string, of: string) =>
      may(
        'secretsmanager:GetSecretValue',
        { 'secretsmanager:VersionStage': stage, 'aws:ResourceTag/of': of },
        'arn:secret',
      );
    expect([read('AWSCURRENT', '1'), read('AWSPENDING', '1'), read('AWSCURRENT', '2')]).toEqual([true, false, false]);
  });

  test('where it is must be said', () => {
    type Input = Parameters<typeof lambdaFunction<typeof inside>>[2];
    const inputs: readonly Input[] = [
      given,
      // @ts-expect-error no network
      { ...given, network: undefined },
      // @ts-expect-error a security group is no subnet
      { ...given, network: { ...network, subnetIds: [network.securityGroupId] } },
    ];
    expect(inputs).toHaveLength(3);
  });
});

// The lines marked @ts-expect-error are the test: `tsc` fails where one of them would compile.
describe('template and handler cannot drift', () => {
  test('what GetAtt gives has the type that is declared', () => {
    const { template, input } = make();
    const { resource } = lambdaFunction(template, keep, input);
    new Subnet({ VpcId: resource.get('VpcId') });
    // @ts-expect-error a label identifies no VPC
    new Subnet({ VpcId: resource.get('Label') });
    // @ts-expect-error it is not declared
    resource.get('Arn');
    expect(resource.get('VpcId').toJSON()).toEqual({ 'Fn::GetAtt': ['Keep', 'VpcId'] });
  });

  test('code, grants, properties and schedule are the declared ones', () => {
    const { template, bucket, input } = make();
    const { resource, schedule, grants } = input;
    type Input = Parameters<typeof lambdaFunction<typeof keep>>[2];
    const inputs: readonly Input[] = [
      input,
      // @ts-expect-error the code of another function
      { ...input, code: { of: 'copy-assets', text: '' } },
      // @ts-expect-error no ARN for a permission
      { ...input, grants: {} },
      // @ts-expect-error an ARN for a permission that needs none
      { ...input, grants: { ...grants, Find: bucket.get('Arn') } },
      // @ts-expect-error a property is missing
      { ...input, resource: { id: 'Keep', properties: { Name: 'a', Zones: [] } } },
      // @ts-expect-error a property too many
      { ...input, resource: { ...resource, properties: { ...resource.properties, Colour: 'red' } } },
      // @ts-expect-error one text where a list is declared
      { ...input, resource: { ...resource, properties: { ...resource.properties, Zones: 'a' } } },
      // @ts-expect-error the id of something else
      { ...input, resource: { ...resource, properties: { ...resource.properties, SubnetId: bucket.ref() } } },
      // @ts-expect-error a property of the schedule is missing
      { ...input, schedule: { ...schedule, properties: {} } },
      // @ts-expect-error no schedule
      { code: input.code, grants, resource },
    ];
    expect(inputs.map((one) => one.code.of)).toContain('keep-vpc');
    expect(template).toBeInstanceOf(Template);
  });

  test('the handler gets the declared properties, and answers what is declared', () => {
    const base = { id: /./, whenLate: '', delete: async () => {} };
    const answers = async () => ({ VpcId: 'vpc-1', Label: 'a' });
    const handlers = [
      defineResource<typeof keep>({ ...base, create: answers, update: answers, goBack: answers }),
      // @ts-expect-error an answer is missing
      defineResource<typeof keep>({ ...base, create: async () => ({ Label: 'a' }), update: answers, goBack: answers }),
      defineResource<typeof keep>({
        ...base,
        // @ts-expect-error a property that is not declared
        create: ({ Colour }) => Colour,
        update: ({ Zones }) => Zones.map((zone) => zone.at(0)) && answers(),
        // @ts-expect-error a list, not a text
        goBack: ({ Zones }) => Zones.toLowerCase(),
      }),
      defineSchedule<typeof keep>({ whenLate: '', whenGone: [], run: async ({ Name }) => void Name.length }),
      // @ts-expect-error the schedule is told nothing of zones
      defineSchedule<typeof keep>({ whenLate: '', whenGone: [], run: async ({ Zones }) => Zones }),
    ];
    expect(handlers.every((handler) => typeof handler === 'function')).toBe(true);
  });

  test('a wide permission needs a reason', () => {
    const declaration: Declaration = {
      ...keep,
      // @ts-expect-error no why
      permissions: { Find: { actions: ['ec2:DescribeVpcs'], on: 'anything' } },
    };
    expect(declaration.name).toBe('keep-vpc');
  });
});
