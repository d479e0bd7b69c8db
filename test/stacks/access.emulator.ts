import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { awsJson } from '../support/aws-cli.ts';
import { compiled } from '../support/compiled.ts';
import { ACCOUNT, type Ministack, startMinistack } from '../support/ministack.ts';
import { hasPython, pythonTool } from '../support/python-tools.ts';
import { resolved } from '../support/resolved.ts';
import { createStack, deleteStack, type Stack, stackResources, type Values } from '../support/stacks.ts';

const { text: template, value } = compiled('access');
const KEY = `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${'k'.repeat(43)} ada@example.com`;

/** What the stacks before it make, as far as ways in ask for it. */
const PLACE = `
Resources:
  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}
  Private: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24, AvailabilityZone: us-west-2a}}
  Public: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, AvailabilityZone: us-west-2a}}
  Nodes: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: nodes, VpcId: !Ref Vpc}}
Outputs:
  VpcId: {Value: !Ref Vpc}
  ClusterSubnetId: {Value: !Ref Private}
  PublicSubnetId: {Value: !Ref Public}
  ClusterSecurityGroupId: {Value: !Ref Nodes}
`;

describe.skipIf(!hasPython())('ways in', () => {
  let ministack: Ministack;
  let place: Values;
  beforeAll(async () => {
    ministack = await startMinistack();
    place = (await createStack({ name: 'place', template: PLACE }, ministack.aws)).outputs;
  });
  afterAll(() => ministack?.stop());

  const cli = (...args: readonly string[]) => awsJson<any>(args, ministack.aws);
  const placed = (chosen: Values): Values => ({
    ...place,
    VpcCidr: '10.0.0.0/16',
    DomainName: 'hyperpod.internal',
    ClusterArn: `arn:aws:sagemaker:us-west-2:${ACCOUNT}:cluster/abcdefghij12`,
    BastionCidr: '',
    ...chosen,
  });
  const made = async (chosen: Values): Promise<Stack> => {
    const stack = await createStack({ name: 'access', template, parameters: placed(chosen) }, ministack.aws);
    expect(stack.status).toBe('CREATE_COMPLETE');
    return stack;
  };
  /** The rules of the nodes' group that let something in. */
  const admitted = async () => {
    const { SecurityGroups } = await cli(
      'ec2',
      'describe-security-groups',
      '--group-ids',
      place['ClusterSecurityGroupId']!,
    );
    return SecurityGroups[0].IpPermissions;
  };
  const gone = async (stack: Stack) => {
    expect(await deleteStack(stack, ministack.aws)).toMatchObject({ status: 'DELETE_COMPLETE' });
    expect(await admitted()).toEqual([]);
    expect((await cli('iam', 'list-roles')).Roles).toEqual([]);
    expect((await cli('ec2', 'describe-addresses')).Addresses).toEqual([]);
  };

  test('a host: its address, its way in, and the nodes admit it on port 22', async () => {
    const stack = await made({ Bastion: 'host', BastionCidr: '203.0.113.0/24', BastionKeys: KEY });
    const { BastionHost, BastionSecurityGroup } = await stackResources(stack, ministack.aws);
    const { Reservations } = await cli('ec2', 'describe-instances', '--instance-ids', BastionHost!);
    expect(Reservations[0].Instances[0]).toMatchObject({ SubnetId: place['PublicSubnetId'], InstanceType: 't3.micro' });
    const { Addresses } = await cli('ec2', 'describe-addresses');
    expect(Addresses).toMatchObject([{ InstanceId: BastionHost, PublicIp: stack.outputs['BastionAddress'] }]);
    const { SecurityGroups } = await cli('ec2', 'describe-security-groups', '--group-ids', BastionSecurityGroup!);
    expect(SecurityGroups[0].IpPermissions).toMatchObject([{ FromPort: 22, IpRanges: [{ CidrIp: '203.0.113.0/24' }] }]);
    expect(await admitted()).toMatchObject([
      { FromPort: 22, ToPort: 22, UserIdGroupPairs: [{ GroupId: BastionSecurityGroup }] },
    ]);
    expect(stack.outputs).toMatchObject({
      BastionSshConfig: `Host podlaunch-bastion\n  HostName ${Addresses[0].PublicIp}\n  User jump`,
      BastionShell: `aws ssm start-session --region us-west-2 --target ${BastionHost}`,
    });
    expect(stack.outputs).not.toHaveProperty('WindowsTunnel');

    await gone(stack);
  });

  test('the script of the host is what shellcheck lets pass', async () => {
    const script: string = resolved(value, (value as any).Resources.BastionHost.Properties.UserData['Fn::Base64'], {
      BastionKeys: `${KEY},${KEY}`,
    });
    const [, ...lines] = script.split('\n');
    const shellcheck = await pythonTool('python-quality', 'shellcheck');
    expect(execFileSync(shellcheck, ['-'], { input: lines.join('\n'), encoding: 'utf8' })).toBe('');
  });

  test('an endpoint: no host, no address, and the policy of researchers opens it', async () => {
    const stack = await made({ Bastion: 'endpoint' });
    const { BastionEndpoint, BastionSecurityGroup, ...resources } = await stackResources(stack, ministack.aws);
    expect(resources).not.toHaveProperty('BastionHost');
    const { SecurityGroups } = await cli('ec2', 'describe-security-groups', '--group-ids', BastionSecurityGroup!);
    expect(SecurityGroups[0]).toMatchObject({ IpPermissions: [], IpPermissionsEgress: [{ FromPort: 22, ToPort: 22 }] });
    expect(stack.outputs['EndpointSshConfig']).toContain(`--instance-connect-endpoint-id ${BastionEndpoint} `);
    const policy = ['--policy-arn', stack.outputs['ResearcherPolicyArn']!, '--version-id', 'v1'];
    const { PolicyVersion } = await cli('iam', 'get-policy-version', ...policy);
    expect(JSON.stringify(PolicyVersion.Document)).toContain(`instance-connect-endpoint/${BastionEndpoint}`);
    await gone(stack);
  });

  test('a Windows host: joined by a document of its own, reached by nobody', async () => {
    const stack = await made({
      Bastion: 'none',
      WindowsHost: 'true',
      DirectoryId: 'd-0123456789',
      FirstDirectoryAddress: '10.0.0.10',
      SecondDirectoryAddress: '10.0.2.10',
    });
    const { WindowsHostInstance, WindowsHostSecurityGroup, ...resources } = await stackResources(stack, ministack.aws);
    expect(Object.keys(resources).filter((name) => name.startsWith('Bastion'))).toEqual([]);
    const { SecurityGroups } = await cli('ec2', 'describe-security-groups', '--group-ids', WindowsHostSecurityGroup!);
    expect(SecurityGroups[0].IpPermissions).toEqual([]);
    expect(stack.outputs['WindowsTunnel']).toContain(`--target ${WindowsHostInstance} `);
    expect(resources).toHaveProperty('WindowsHostJoined');
    await gone(stack);
  });

  test.each([
    [{ Bastion: 'host' }, 'needs BastionCidr'],
    [{ Bastion: 'host', BastionCidr: '203.0.113.0/24', PublicSubnetId: '' }, 'needs PublicSubnetId'],
    [{ BastionCidr: '0.0.0.0/0' }, 'An IPv4 block, a /8 to a /32'],
    [{ BastionCidr: '::/0' }, 'An IPv4 block, a /8 to a /32'],
    [{ Bastion: 'none', WindowsHost: 'true' }, 'needs DirectoryId'],
    [{ Bastion: 'none', BastionKeys: 'ada' }, 'Public SSH keys with commas'],
    [{ Bastion: 'none', ClusterArn: 'hyperpod' }, 'The ARN of a HyperPod cluster'],
  ] as [Values, string][])('%j is refused before anything is made', async (chosen, why) => {
    const asked = { name: 'refused', template, parameters: placed(chosen) };
    await expect(createStack(asked, ministack.aws)).rejects.toThrow(why);
  });
});
