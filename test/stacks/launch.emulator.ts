import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CompiledTemplate } from '../../src/compile/compiled-template.ts';
import { assetsOf, copiesOf } from '../support/assets.ts';
import { aws, awsLine } from '../support/aws-cli.ts';
import { hasPython } from '../support/python-tools.ts';
import { settingsValidator } from '../support/settings-schema.ts';
import {
  createStack,
  deleteStack,
  type Stack,
  stackEvents,
  stackResources,
  updateStack,
  type Values,
} from '../support/stacks.ts';
import { type Launcher, startLauncher, type Templates } from './launcher.ts';

const FIRST = assetsOf({ 'lib/join.py': 'print(1)\n', 'on_init_complete.sh': '#!/usr/bin/env bash\necho 1\n' });
const SECOND = assetsOf({ 'lib/join.py': 'print(1)\n', 'on_init_complete.sh': '#!/usr/bin/env bash\necho 2\n' });

// Each test builds on those before it. The emulator makes everything at once, checks few properties, and lets go of a
// subnet that a file system or a directory still is in.
describe.skipIf(!hasPython())('the three stacks of a published release', () => {
  let launcher: Launcher;
  let templates: Templates;
  let prerequisites: Stack;
  let directory: Stack;
  let cluster: Stack;

  beforeAll(async () => {
    launcher = await startLauncher();
    templates = await launcher.publish(FIRST);
  });
  afterAll(() => launcher?.stop());

  const prerequisitesRequest = () => ({ name: 'prerequisites', template: templates.prerequisites.text });
  /** The form that the stack's NextLink opens, with what the launcher puts in. */
  const next = async (stack: Stack, chosen: Values = {}) => {
    const request = await launcher.follow(stack.outputs['NextLink']);
    return { ...request, parameters: { ...request.parameters, ...chosen } };
  };
  const directoryRequest = (chosen: Values = {}) => next(prerequisites, chosen);
  const copies = async (): Promise<readonly string[]> => {
    const bucket = prerequisites.outputs['NodeBucketName']!;
    const { Contents } = await launcher.cli('s3api', 'list-objects-v2', '--bucket', bucket);
    return Contents.map(({ Key }: { Key: string }) => Key);
  };
  const describeCluster = () => launcher.cli('sagemaker', 'describe-cluster', '--cluster-name', 'hyperpod');

  test('prerequisites: the scripts are copied under the hash of their list', async () => {
    prerequisites = await createStack(prerequisitesRequest(), launcher.aws);
    expect(prerequisites.status).toBe('CREATE_COMPLETE');
    expect(prerequisites.outputs).not.toHaveProperty('CopyScriptsCommand');
    expect(await copies()).toEqual(Object.keys(copiesOf(FIRST)).sort());
  });

  test('prerequisites: who may write to every bucket with sagemaker in its name does not write to this one', async () => {
    const bucket = prerequisites.outputs['NodeBucketName']!;
    const entry = `${FIRST.sha256}/lifecycle-scripts/on_init_complete.sh`;
    const scientist = await launcher.userWith(
      // AmazonSageMakerFullAccess: AllowS3ObjectActions.
      ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'],
      'arn:aws:s3:::*sagemaker*',
    );
    const s3 = (verb: string, key: string, ...more: string[]) =>
      aws(['s3api', verb, '--bucket', bucket, '--key', key, ...more], scientist);
    expect((await s3('get-object', entry, '/dev/null')).code).toBe(0);
    const attacks = [
      s3('put-object', `${FIRST.sha256}/lifecycle-scripts/argparse.py`, '--body', 'package.json'),
      s3('put-object', entry, '--body', 'package.json'),
      s3('delete-object', entry),
    ];
    for (const { code, stderr } of await Promise.all(attacks)) {
      expect(code).not.toBe(0);
      expect(stderr).toContain('AccessDenied');
    }
    expect(await copies()).toEqual(Object.keys(copiesOf(FIRST)).sort());
  });

  test('prerequisites: the file system has its own metadata performance, and a week of backups', async () => {
    const [made] = (await launcher.cli('fsx', 'describe-file-systems')).FileSystems;
    expect(made.LustreConfiguration).toMatchObject({
      DeploymentType: 'PERSISTENT_2',
      MetadataConfiguration: { Mode: 'AUTOMATIC' },
      AutomaticBackupRetentionDays: 7,
    });
    expect(made.LustreConfiguration).not.toHaveProperty('EfaEnabled');
  });

  test('prerequisites: two zones within one block, the private ones behind a NAT gateway', async () => {
    const { Subnets } = await launcher.cli('ec2', 'describe-subnets', '--filters', vpcFilter(prerequisites));
    const blocks = ['10.0.0.0/18', '10.0.64.0/18', '10.0.128.0/18', '10.0.192.0/18'];
    expect(Subnets.map((subnet: any) => subnet.CidrBlock).sort()).toEqual(blocks.sort());
    expect(new Set(Subnets.map((subnet: any) => subnet.AvailabilityZone)).size).toBe(2);
    const { RouteTables } = await launcher.cli('ec2', 'describe-route-tables', '--filters', vpcFilter(prerequisites));
    const { ClusterSubnetId, SecondSubnetId } = prerequisites.outputs;
    for (const id of [ClusterSubnetId, SecondSubnetId]) {
      const table = RouteTables.find((one: any) => one.Associations.some((a: any) => a.SubnetId === id));
      const way = table.Routes.find((route: any) => route.DestinationCidrBlock === '0.0.0.0/0');
      expect(way.NatGatewayId).toMatch(/^nat-/);
    }
  });

  test('directory: its form asks for nothing more', async () => {
    const { name, parameters, template } = await launcher.follow(prerequisites.outputs['NextLink']);
    expect({ name, template }).toEqual({ name: 'directory', template: templates.directory.text });
    expect(missing(templates.directory, parameters)).toEqual([]);
  });

  test('directory: a certificate that is not there is refused before any directory is begun', async () => {
    const wrong = launcher.certificateArn.replace(/[^/]+$/, '01234567-89ab-cdef-0123-456789abcdef');
    const refused = await createStack(await directoryRequest({ CertificateArn: wrong }), launcher.aws);
    expect(refused.status).toBe('ROLLBACK_COMPLETE');
    const events = await stackEvents(refused, launcher.aws);
    const failed = events.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED');
    expect(failed).toMatchObject({
      LogicalResourceId: 'CertificateCheck',
      ResourceStatusReason: expect.stringContaining(wrong),
    });
    expect(events.map(({ LogicalResourceId }) => LogicalResourceId)).not.toContain('Directory');
    await deleteStack(refused, launcher.aws);
  });

  test('directory: the load balancer hands LDAPS on to the two controllers', async () => {
    directory = await createStack(await directoryRequest(), launcher.aws);
    expect(directory.status, JSON.stringify(await stackEvents(directory, launcher.aws))).toBe('CREATE_COMPLETE');
    const { DirectoryDescriptions } = await launcher.cli('ds', 'describe-directories');
    const [{ DirectoryId, Name, DnsIpAddrs, Edition }] = DirectoryDescriptions;
    expect({ DirectoryId, Name, Edition }).toEqual({
      DirectoryId: directory.outputs['DirectoryId'],
      Name: 'hyperpod.internal',
      Edition: 'Standard',
    });
    const { FirstDirectoryAddress, SecondDirectoryAddress } = directory.outputs;
    expect([FirstDirectoryAddress, SecondDirectoryAddress]).toEqual(DnsIpAddrs);

    const CertificateArn = directory.outputs['CertificateArn']!;
    const { Certificate, CertificateChain } = await launcher.cli('acm', 'get-certificate', ...at(CertificateArn));
    const [leaf, authority] = [new X509Certificate(Certificate), new X509Certificate(CertificateChain)];
    expect(leaf.checkHost('ldaps.hyperpod.internal') && leaf.verify(authority.publicKey)).toBe(true);

    const { LoadBalancer, LdapsTargets } = await stackResources(directory, launcher.aws);
    expect(LoadBalancer).toContain(':loadbalancer/net/');
    const { Listeners } = await launcher.cli('elbv2', 'describe-listeners', '--load-balancer-arn', LoadBalancer!);
    const [check, ldaps] = Listeners.toSorted((a: any, b: any) => b.Port - a.Port);
    expect(check).toMatchObject({ Port: 6360, Certificates: [{ CertificateArn }] });
    expect([ldaps]).toMatchObject([
      {
        Port: 636,
        Protocol: 'TLS',
        Certificates: [{ CertificateArn }],
        DefaultActions: [{ TargetGroupArn: LdapsTargets }],
      },
    ]);
    const health = await launcher.cli('elbv2', 'describe-target-health', '--target-group-arn', LdapsTargets!);
    const targets = health.TargetHealthDescriptions.map(({ Target }: any) => `${Target.Id}:${Target.Port}`);
    expect(targets.sort()).toEqual(DnsIpAddrs.map((address: string) => `${address}:389`).sort());
  });

  test('directory: all that can be refused at once came before it, with the certificate looked at', async () => {
    const events = (await stackEvents(directory, launcher.aws)).toReversed();
    const at = (name: string, status: string) =>
      events.findIndex(
        ({ LogicalResourceId, ResourceStatus }) => LogicalResourceId === name && ResourceStatus === status,
      );
    const begun = at('Directory', 'CREATE_IN_PROGRESS');
    const before = [
      'LoadBalancerSecurityGroup',
      'LoadBalancer',
      'Certificate',
      'CertificateCheck',
      'LdapsZone',
      'LdapsRecord',
      'BindSecret',
    ];
    for (const name of before) {
      expect(at(name, 'CREATE_COMPLETE'), name).toBeGreaterThanOrEqual(0);
      expect(at(name, 'CREATE_COMPLETE'), name).toBeLessThan(begun);
    }
  });

  test('directory: its host has a private zone of its own, and the bind secret names the account', async () => {
    const { HostedZones } = await launcher.cli('route53', 'list-hosted-zones');
    expect(HostedZones).toMatchObject([{ Name: 'ldaps.hyperpod.internal.', Config: { PrivateZone: true } }]);
    const { BindSecretArn } = directory.outputs;
    const secret = await launcher.cli('secretsmanager', 'get-secret-value', '--secret-id', BindSecretArn!);
    const { bindDn, password } = JSON.parse(secret.SecretString);
    expect(bindDn).toBe('CN=ReadOnly,OU=Users,OU=hyperpod,DC=hyperpod,DC=internal');
    expect(password).toMatch(/^[^"'\\`$ ]{32}$/);
  });

  test('cluster: Slurm, the file system and the copied scripts, as SageMaker got them', async () => {
    const request = await next(directory);
    expect(request.template).toBe(templates.cluster.text);
    expect(missing(templates.cluster, request.parameters)).toEqual([]);
    cluster = await createStack(request, launcher.aws);
    expect(cluster.status).toBe('CREATE_COMPLETE');
    const { InstanceGroups, Orchestrator, NodeProvisioningMode, VpcConfig } = await describeCluster();
    const { NodeBucketName, FileSystemDnsName, ClusterSubnetId, ClusterSecurityGroupId } = prerequisites.outputs;
    expect({ Orchestrator, NodeProvisioningMode }).toEqual({
      Orchestrator: { Slurm: {} },
      NodeProvisioningMode: 'Continuous',
    });
    expect(VpcConfig).toEqual({ Subnets: [ClusterSubnetId], SecurityGroupIds: [ClusterSecurityGroupId] });
    expect(InstanceGroups.map((group: any) => group.SlurmConfig)).toEqual([
      { NodeType: 'Controller' },
      { NodeType: 'Login' },
      { NodeType: 'Compute', PartitionNames: ['workers'] },
    ]);
    for (const group of InstanceGroups) {
      expect(group.LifeCycleConfig).toEqual({
        SourceS3Uri: `s3://${NodeBucketName}/${FIRST.sha256}/lifecycle-scripts`,
        OnInitComplete: `on_init_complete-${FIRST.sha256}.sh`,
      });
      expect(group.InstanceStorageConfigs[0].FsxLustreConfig.DnsName).toBe(FileSystemDnsName);
    }
  });

  test('cluster: ListNodes runs as it is, SshConfig is for the names that it lists', async () => {
    const { SshConfig, ListNodes, ClusterArn } = cluster.outputs;
    const { code, stdout } = await awsLine(ListNodes!, launcher.aws);
    expect(code).toBe(0);
    expect(stdout).toMatch(/ login-group-\S+ +\| +Running /);
    const target = `sagemaker-cluster:${ClusterArn!.split('/')[1]}_%h`;
    expect(SshConfig).toBe(`Host login-group-i-*
  ProxyCommand aws ssm start-session --region us-west-2 --target ${target} --document-name AWS-StartSSHSession --parameters portNumber=%p
  ServerAliveInterval 60`);
  });

  test('cluster: the node settings keep to their schema, and the role may read what they name', async () => {
    const { NodeSettingsName } = cluster.outputs;
    const { Parameter } = await launcher.cli('ssm', 'get-parameter', '--name', NodeSettingsName!);
    const settings = JSON.parse(Parameter.Value);
    const validate = settingsValidator();
    expect(validate(settings), JSON.stringify(validate.errors)).toBe(true);
    expect(settings.homeRoot).toBe('/fsx/home');

    const name = 'podlaunch/hyperpod/node-settings';
    const vouched = await launcher.cli('secretsmanager', 'get-secret-value', '--secret-id', name);
    expect(vouched.SecretString).toBe(Parameter.Value);

    const role = prerequisites.outputs['ExecutionRoleArn']!.split('/')[1]!;
    const policy = ['--role-name', role, '--policy-name', 'podlaunch-hyperpod'];
    const { PolicyDocument } = await launcher.cli('iam', 'get-role-policy', ...policy);
    const { directory: place } = settings;
    expect(PolicyDocument.Statement.map(({ Resource }: any) => Resource)).toEqual([
      `arn:aws:ssm:us-west-2:123456789012:parameter${NodeSettingsName}`,
      [place.bindSecretArn, vouched.ARN],
      place.certificateArn,
    ]);
  });

  test('an update that changes nothing is refused, one of the directory adds the plain listener', async () => {
    await expect(updateStack(prerequisitesRequest(), launcher.aws)).rejects.toThrow('No updates are to be performed');
    directory = await updateStack(await directoryRequest({ PlainListener: 'true' }), launcher.aws);
    expect(directory.status).toBe('UPDATE_COMPLETE');
    const { LoadBalancer } = await stackResources(directory, launcher.aws);
    const { Listeners } = await launcher.cli('elbv2', 'describe-listeners', '--load-balancer-arn', LoadBalancer!);
    expect(Listeners.map((listener: any) => listener.Port).sort()).toEqual([389, 636, 6360]);
  });

  test('an update to another release copies beside the old scripts, and then the cluster takes the new ones', async () => {
    templates = await launcher.publish(SECOND);
    prerequisites = await updateStack(prerequisitesRequest(), launcher.aws);
    expect(prerequisites.status).toBe('UPDATE_COMPLETE');
    expect(await copies()).toEqual(Object.keys({ ...copiesOf(FIRST), ...copiesOf(SECOND) }).sort());

    cluster = await updateStack(
      {
        name: 'cluster',
        template: templates.cluster.text,
        parameters: { ...(await next(directory)).parameters, Worker1InstanceCount: '3' },
      },
      launcher.aws,
    );
    expect(cluster.status).toBe('UPDATE_COMPLETE');
    const { InstanceGroups } = await describeCluster();
    expect(InstanceGroups[0].LifeCycleConfig.SourceS3Uri).toContain(`/${SECOND.sha256}/`);
    expect(InstanceGroups[2].TargetCount).toBe(3);
  });

  test('deleted in order, the stacks leave the directory, its Admin and the file system, and then the subnets go', async () => {
    for (const stack of [cluster, directory])
      expect(await deleteStack(stack, launcher.aws)).toMatchObject({ status: 'DELETE_COMPLETE' });
    // What stays is in the subnets.
    expect(await deleteStack(prerequisites, launcher.aws)).toMatchObject({ status: 'DELETE_FAILED' });
    const { DirectoryDescriptions } = await launcher.cli('ds', 'describe-directories');
    expect(DirectoryDescriptions).toHaveLength(1);
    const { SecretList } = await launcher.cli('secretsmanager', 'list-secrets');
    expect(SecretList.map((secret: any) => secret.ARN)).toEqual([directory.outputs['AdminSecretArn']]);
    const { FileSystems } = await launcher.cli('fsx', 'describe-file-systems');
    expect(FileSystems).toHaveLength(1);

    // As docs/clean-up.md says.
    await launcher.cli('fsx', 'delete-file-system', '--file-system-id', FileSystems[0].FileSystemId);
    await launcher.cli('ds', 'delete-directory', '--directory-id', DirectoryDescriptions[0].DirectoryId);
    expect(await deleteStack(prerequisites, launcher.aws)).toMatchObject({ status: 'DELETE_COMPLETE' });
    const { Buckets } = await launcher.cli('s3api', 'list-buckets');
    expect(Buckets.map((bucket: any) => bucket.Name)).toEqual(['releases']);
    const { Roles } = await launcher.cli('iam', 'list-roles');
    expect(Roles).toEqual([]);
  });
});

function at(arn: string): readonly string[] {
  return ['--certificate-arn', arn];
}

/** What a form whose parameters have these values would not let go through. */
function missing({ value }: CompiledTemplate, parameters: Values = {}): readonly string[] {
  const { Parameters } = value as any;
  return Object.keys(Parameters).filter((name) => (parameters[name] ?? Parameters[name].Default) === undefined);
}

function vpcFilter({ outputs }: Stack): string {
  return `Name=vpc-id,Values=${outputs['VpcId']}`;
}
