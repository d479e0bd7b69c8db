import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { awsJson } from '../support/aws-cli.ts';
import { compiled } from '../support/compiled.ts';
import { ACCOUNT, type Ministack, startMinistack } from '../support/ministack.ts';
import { hasPython } from '../support/python-tools.ts';
import { createStack, type Values } from '../support/stacks.ts';

const prerequisites = compiled('prerequisites');
const directory = compiled('directory');
const cluster = compiled('cluster');

/** Two VPCs with subnets, and what else the stacks take for granted. */
const PLACE = `
Resources:
  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}
  OtherVpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.1.0.0/16}}
  First: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24, AvailabilityZone: us-west-2a}}
  Second: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, AvailabilityZone: us-west-2b}}
  SameZone: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.2.0/24, AvailabilityZone: us-west-2a}}
  Elsewhere: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref OtherVpc, CidrBlock: 10.1.0.0/24, AvailabilityZone: us-west-2b}}
  Nodes: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: nodes, VpcId: !Ref Vpc}}
Outputs:
  Vpc: {Value: !Ref Vpc}
  First: {Value: !Ref First}
  Second: {Value: !Ref Second}
  SameZone: {Value: !Ref SameZone}
  Elsewhere: {Value: !Ref Elsewhere}
  Nodes: {Value: !Ref Nodes}
`;

// What CloudFormation refuses before it makes anything. Its own words around ours are unlike the emulator's.
describe.skipIf(!hasPython())('values that do not go together are refused', () => {
  let ministack: Ministack;
  let place: Values;
  beforeAll(async () => {
    ministack = await startMinistack();
    place = (await createStack({ name: 'place', template: PLACE }, ministack.aws)).outputs;
  });
  afterAll(() => ministack?.stop());

  /** What CloudFormation says to a stack with such parameters. */
  function refusal(template: string, parameters: Values): Promise<string> {
    return createStack({ name: 'refused', template, parameters }, ministack.aws).then(
      ({ status }) => `It was made: ${status}`,
      (thrown: Error) => thrown.message,
    );
  }

  test.each([
    [{ ClusterZoneId: 'usw2-az1' }, 'Give both ClusterZoneId and SecondZoneId'],
    [{ SecondZoneId: 'usw2-az1' }, 'Give both ClusterZoneId and SecondZoneId'],
    [{ ClusterZoneId: 'usw2-az1', SecondZoneId: 'usw2-az1' }, 'must be two zones'],
    [{ ReleaseBucketName: 'releases', ReleaseKeyPrefix: 'a/' }, 'needs its ReleaseBucketRegion'],
    [{ ReleaseBucketName: 'releases', ReleaseBucketRegion: 'us-west-2' }, 'needs its ReleaseKeyPrefix'],
    [{ ReleaseKeyPrefix: 'without-slash' }, 'A key prefix that ends in a slash'],
    [{ VpcCidr: '10.0.0.0/8' }, 'A private /16 block'],
    [{ FileSystemThroughput: '300' }, "Parameter 'FileSystemThroughput'"],
    [{ FileSystemBackupDays: '91' }, "Parameter 'FileSystemBackupDays'"],
    [{ FileSystemEfa: 'true' }, 'the capacity must be a multiple of'],
    [{ FileSystemEfa: 'true', FileSystemCapacity: '9600' }, 'the capacity must be a multiple of'],
    [{ FileSystemEfa: 'true', FileSystemCapacity: '19200', FileSystemVersion: '2.12' }, 'needs FileSystemVersion 2.15'],
  ] as [Values, string][])('prerequisites with %j', async (parameters, why) => {
    expect(await refusal(prerequisites!.text, parameters)).toContain(why);
  });

  const placed = (chosen: Values): Values => ({
    VpcId: place['Vpc']!,
    VpcCidr: '10.0.0.0/16',
    ClusterSubnetId: place['First']!,
    SecondSubnetId: place['Second']!,
    ClusterSecurityGroupId: place['Nodes']!,
    CertificateArn: `arn:aws:acm:us-west-2:${ACCOUNT}:certificate/01234567-89ab-cdef-0123-456789abcdef`,
    ...chosen,
  });

  test.each([
    [{ ExistingAddress1: '10.0.0.10' }, 'Give both ExistingAddress1 and ExistingAddress2'],
    [{ ExistingAddress1: '10.0.0.10', ExistingAddress2: '10.0.0.10' }, 'must be two domain controllers'],
    [{ ExistingOutsideVpc: 'true' }, 'ExistingOutsideVpc is for'],
    [{ ExistingAddress1: 'dc1.example.com', ExistingAddress2: '10.0.0.10' }, 'An IPv4 address'],
    [{ BindDn: 'CN=a"b,DC=example' }, 'A distinguished name'],
    [{ DomainName: 'example' }, 'at least two labels'],
    [{ DomainName: 'a--b.com' }, 'single hyphens'],
    [{ DomainName: `${'a'.repeat(60)}.test` }, "'DomainName'"],
    [{ VpcCidr: '999.0.0.0/99' }, 'The IPv4 block of a VPC'],
  ] as [Values, string][])('directory with %j', async (parameters, why) => {
    expect(await refusal(directory!.text, placed(parameters))).toContain(why);
  });

  test.each([
    ['SameZone', 'must be in two availability zones'],
    ['Elsewhere', 'must be subnets of VpcId'],
  ])('directory with a second subnet that is %s', async (subnet, why) => {
    const parameters = placed({ SecondSubnetId: place[subnet]! });
    expect(await refusal(directory!.text, parameters)).toContain(why);
  });

  const settled = (chosen: Values): Values => ({
    VpcId: place['Vpc']!,
    ClusterSubnetId: place['First']!,
    SecondSubnetId: place['Second']!,
    ClusterSecurityGroupId: place['Nodes']!,
    ExecutionRoleArn: `arn:aws:iam::${ACCOUNT}:role/nodes`,
    NodeBucketName: 'sagemaker-scripts',
    DomainName: 'hyperpod.abc123.com',
    BindSecretArn: `arn:aws:secretsmanager:us-west-2:${ACCOUNT}:secret:bind-a1b2c3`,
    CertificateArn: `arn:aws:acm:us-west-2:${ACCOUNT}:certificate/01234567-89ab-cdef-0123-456789abcdef`,
    ...chosen,
  });

  test.each([
    [{ FileSystemDnsName: 'fs-01234567.fsx.us-west-2.amazonaws.com' }, 'needs its FileSystemMountName'],
    [{ NodeBucketName: 'scripts' }, 'starts with sagemaker-'],
    [{ AccountingDatabase: 'true', NodeProvisioningMode: 'AllOrNothing' }, 'needs NodeProvisioningMode Continuous'],
    [{ AccountingDatabaseClass: 't4g.small' }, 'such as db.t4g.small'],
    [{ AccountingDatabaseStorage: '20' }, "Parameter 'AccountingDatabaseStorage'"],
    [{ ClusterName: 'a_b' }, 'letters, digits and hyphens'],
    [{ LoginInstanceCount: '0' }, "Parameter 'LoginInstanceCount'"],
    [{ ControllerInstanceCount: '2' }, "Parameter 'ControllerInstanceCount'"],
    [{ Worker1InstanceType: 'p5.48xlarge' }, 'such as ml.p5.48xlarge'],
    [{ FileSystemMountPath: '/fsx"' }, 'An absolute path'],
  ] as [Values, string][])('cluster with %j', async (parameters, why) => {
    expect(await refusal(cluster!.text, settled(parameters))).toContain(why);
  });

  test('and no stack is left of any of them', async () => {
    const { StackSummaries } = await awsJson<any>(['cloudformation', 'list-stacks'], ministack.aws);
    expect(StackSummaries.map((stack: any) => stack.StackName)).toEqual(['place']);
  });
});
