import { equals, not, or, when } from '../aws/conditions.ts';
import { identifies, select, split } from '../aws/intrinsics.ts';
import { sub } from '../aws/sub.ts';
import { Template } from '../aws/template.ts';
import type { Id } from '../aws/value.ts';
import type { Config, InstanceGroup, NodeType } from '../config/config.ts';
import { type ClusterGroupInput, cluster as clusterPart } from '../parts/cluster.ts';
import { nodeAccess } from '../parts/node-access.ts';
import { nodeSettings } from '../parts/node-settings.ts';
import { describe } from './describe.ts';
import {
  CERTIFICATE_ARN,
  CLUSTER_NAME,
  DOMAIN_NAME,
  FILE_SYSTEM_DNS_NAME,
  FILE_SYSTEM_MOUNT_NAME,
  HOST_NAME,
  INSTANCE_TYPE,
  MOUNT_PATH,
  NODE_BUCKET_NAME,
  optional,
  ROLE_ARN,
  SECRET_ARN,
} from './patterns.ts';

/** An instance group of podlaunch.yaml, with what it is in Slurm and the prefix of its parameters. */
interface Group {
  readonly prefix: string;
  readonly label: string;
  readonly group: InstanceGroup;
  readonly nodeType: NodeType;
  readonly partition?: string;
}

/** The HyperPod cluster, its nodes members of the directory. */
export function cluster(config: Config, assetsSha256: string): Template {
  const project = config.project.name;
  const template = new Template(describe('cluster', 'HyperPod cluster with Slurm, its users in the directory'));
  const groups = instanceGroups(config);
  const general = generalParameters(template, config);
  const groupInputs = groups.map((group) => groupParameters(template, group));
  const login = loginParameters(template, config);
  const place = placeParameters(template);
  const fileSystem = fileSystemParameters(template, config);
  const directory = directoryParameters(template);

  const settings = nodeSettings(template, {
    config,
    instanceGroups: groups,
    clusterName: general.clusterName,
    ...directory,
    ...login,
    homeRoot: when(fileSystem.given, sub`${fileSystem.mountPath}/home`, '/home'),
  });
  const access = nodeAccess(template, {
    roleName: place.executionRoleName,
    clusterName: general.clusterName,
    settings,
    ...directory,
  });
  const made = clusterPart(template, {
    project,
    ...general,
    groups: groupInputs,
    executionRoleArn: place.executionRoleArn,
    subnetId: place.subnetId,
    securityGroupId: place.securityGroupId,
    scripts: { bucketName: place.nodeBucketName, assetsSha256 },
    fileSystem,
    after: [settings, access],
  });

  template.output('ClusterArn', { description: 'The cluster.', value: made.get('ClusterArn') });
  template.output('ClusterName', { description: 'Name of the cluster.', value: general.clusterName });
  template.output('NodeSettingsName', {
    description: 'SSM parameter that the nodes configure themselves by.',
    value: settings.ref(),
  });
  template.output('SsmTarget', {
    description: 'Add an instance id to it: the target of aws ssm start-session for a controller node.',
    value: sub`sagemaker-cluster:${{ ClusterId: select(1, split('/', made.get('ClusterArn'))) }}_${config.cluster.controller.name}-`,
  });
  return template;
}

function instanceGroups({ cluster: { controller, login, workers } }: Config): readonly Group[] {
  return [
    { prefix: 'Controller', label: 'Controller', group: controller, nodeType: 'Controller' },
    ...(login ? [{ prefix: 'Login', label: 'Login nodes', group: login, nodeType: 'Login' } as const] : []),
    ...workers.map(
      (group, index): Group => ({
        prefix: `Worker${index + 1}`,
        label: `Workers of partition ${group.partition}`,
        group,
        nodeType: 'Compute',
        partition: group.partition,
      }),
    ),
  ];
}

function generalParameters(template: Template, config: Config) {
  const group = 'Cluster';
  const clusterName = template.parameter('ClusterName', {
    Type: 'String',
    group,
    label: 'Name',
    Description: 'Name of the cluster, unique in the account and region. A change replaces the cluster.',
    Default: config.cluster.name,
    MaxLength: 63,
    ...CLUSTER_NAME,
  });
  const provisioning = template.parameter('NodeProvisioningMode', {
    Type: 'String',
    group,
    label: 'Node provisioning',
    Description:
      'Continuous: the cluster starts with the nodes there are, and adds the others when capacity allows. AllOrNothing: a group that cannot be filled fails the cluster.',
    Default: 'Continuous',
    AllowedValues: ['Continuous', 'AllOrNothing'],
    ConstraintDescription: 'Continuous or AllOrNothing.',
  });
  const nodeRecovery = template.parameter('NodeRecovery', {
    Type: 'String',
    group,
    label: 'Node recovery',
    Description: 'Whether SageMaker reboots or replaces faulty nodes by itself.',
    Default: 'Automatic',
    AllowedValues: ['Automatic', 'None'],
    ConstraintDescription: 'Automatic or None.',
  });
  return {
    clusterName: clusterName.ref(),
    continuous: template.condition('IsContinuous', equals(provisioning.ref(), 'Continuous')),
    nodeRecovery: nodeRecovery.ref(),
  };
}

function groupParameters(template: Template, { prefix, label, group, nodeType, partition }: Group): ClusterGroupInput {
  const section = `${label} (${group.name})`;
  const instanceType = template.parameter(`${prefix}InstanceType`, {
    Type: 'String',
    group: section,
    label: 'Instance type',
    Description: 'The account needs a quota for this type "for cluster usage".',
    Default: group.type,
    ...INSTANCE_TYPE,
  });
  const instanceCount = template.parameter(`${prefix}InstanceCount`, {
    Type: 'Number',
    group: section,
    label: 'Instances',
    Description: nodeType === 'Controller' ? 'A Slurm cluster has one controller.' : 'How many instances.',
    Default: group.count,
    MinValue: nodeType === 'Controller' ? 1 : 0,
    MaxValue: nodeType === 'Controller' ? 1 : 6758,
    ConstraintDescription: nodeType === 'Controller' ? '1.' : 'A number from 0 to 6758, such as 4.',
  });
  const disk = template.parameter(`${prefix}Disk`, {
    Type: 'Number',
    group: section,
    label: 'Extra disk (GiB)',
    Description: 'An EBS volume for each instance, mounted at /opt/sagemaker. 0: none.',
    Default: group.disk,
    MinValue: 0,
    MaxValue: 16384,
    ConstraintDescription: 'A number from 0 to 16384, such as 500.',
  });
  return {
    name: group.name,
    nodeType,
    ...(partition !== undefined && { partition }),
    instanceType: instanceType.ref(),
    instanceCount: instanceCount.ref(),
    disk: {
      wanted: template.condition(`${prefix}HasDisk`, not(equals(disk.ref(), 0))),
      size: disk.ref(),
    },
  };
}

function loginParameters(template: Template, { nodes }: Config) {
  const group = 'Logging in';
  const passwordLogin = template.parameter('PasswordLogin', {
    Type: 'String',
    group,
    label: 'Passwords',
    Description: 'Whether people may log in with the password of the directory. Keys always work.',
    Default: String(nodes.passwordLogin),
    AllowedValues: ['true', 'false'],
    ConstraintDescription: 'true or false.',
  });
  const joinFailure = template.parameter('JoinFailure', {
    Type: 'String',
    group,
    label: 'Directory out of reach',
    Description:
      'What a new node does then. retry: it stays in service, closed to people, and goes on trying. fail: it fails, and with it the launch.',
    Default: nodes.joinFailure,
    AllowedValues: ['retry', 'fail'],
    ConstraintDescription: 'retry or fail.',
  });
  const userMetadataAccess = template.parameter('UserMetadataAccess', {
    Type: 'String',
    group,
    label: 'Instance metadata for people',
    Description:
      "Whether people and their jobs may reach the metadata service. open lets each of them use the nodes' role, and read the bind secret.",
    Default: nodes.userMetadataAccess,
    AllowedValues: ['closed', 'open'],
    ConstraintDescription: 'closed or open.',
  });
  return {
    passwordLogin: passwordLogin.ref(),
    joinFailure: joinFailure.ref(),
    userMetadataAccess: userMetadataAccess.ref(),
  };
}

function placeParameters(template: Template) {
  const group = 'Place (outputs of the prerequisites)';
  const subnetId = template.parameter('ClusterSubnetId', {
    Type: 'AWS::EC2::Subnet::Id',
    group,
    label: 'Subnet',
    Description:
      'Private subnet of the nodes: the one that the file system lies in. A change needs a new cluster name.',
  });
  const securityGroupId = template.parameter('ClusterSecurityGroupId', {
    Type: 'AWS::EC2::SecurityGroup::Id',
    group,
    label: 'Security group',
    Description: 'Must allow everything to and from itself. A change needs a new cluster name.',
  });
  const executionRoleArn = template.parameter('ExecutionRoleArn', {
    Type: 'String',
    group,
    label: 'Execution role',
    Description: 'Role of the nodes.',
    ...ROLE_ARN,
  });
  const nodeBucketName = template.parameter('NodeBucketName', {
    Type: 'String',
    group,
    label: 'Bucket of the scripts',
    Description: 'Bucket that the nodes read their scripts from. HyperPod asks for a name that starts with sagemaker-.',
    ...NODE_BUCKET_NAME,
  });
  return {
    subnetId: subnetId.ref(),
    securityGroupId: securityGroupId.ref(),
    executionRoleArn: identifies<Id<'AWS::IAM::Role.Arn'>>(executionRoleArn.ref()),
    executionRoleName: identifies<Id<'AWS::IAM::Role.Name'>>(select(1, split('/', executionRoleArn.ref()))),
    nodeBucketName: nodeBucketName.ref(),
  };
}

function fileSystemParameters(template: Template, config: Config) {
  const group = 'File system (outputs of the prerequisites)';
  const dnsName = template.parameter('FileSystemDnsName', {
    Type: 'String',
    group,
    label: 'DNS name',
    Description: 'Optional - File system for Lustre. Empty: none is mounted, and homes are local to each node.',
    Default: '',
    ...optional(FILE_SYSTEM_DNS_NAME),
  });
  const mountName = template.parameter('FileSystemMountName', {
    Type: 'String',
    group,
    label: 'Mount name',
    Description: 'Optional - Mount name of the file system.',
    Default: '',
    ...optional(FILE_SYSTEM_MOUNT_NAME),
  });
  const mountPath = template.parameter('FileSystemMountPath', {
    Type: 'String',
    group,
    label: 'Mounted at',
    Description: 'Where nodes mount it. Homes lie in home below it.',
    Default: config.storage.mountPath,
    MaxLength: 255,
    ...MOUNT_PATH,
  });
  template.rule('WholeFileSystem', {
    assertions: [
      {
        assert: or(equals(dnsName.ref(), ''), not(equals(mountName.ref(), ''))),
        description: 'A FileSystemDnsName needs its FileSystemMountName.',
      },
      {
        assert: or(equals(mountName.ref(), ''), not(equals(dnsName.ref(), ''))),
        description: 'A FileSystemMountName needs its FileSystemDnsName.',
      },
    ],
  });
  return {
    given: template.condition('HasFileSystem', not(equals(dnsName.ref(), ''))),
    dnsName: dnsName.ref(),
    mountName: mountName.ref(),
    mountPath: mountPath.ref(),
  };
}

function directoryParameters(template: Template) {
  const group = 'Directory (outputs of the directory stack)';
  const domain = template.parameter('DomainName', {
    Type: 'String',
    group,
    label: 'Domain name',
    Description: "DNS name of the directory's domain.",
    MaxLength: 247,
    ...DOMAIN_NAME,
  });
  const ldapsHost = template.parameter('LdapsHost', {
    Type: 'String',
    group,
    label: 'LDAPS host',
    Description: 'Name of the load balancer, for which its certificate was issued.',
    MaxLength: 253,
    ...HOST_NAME,
  });
  const bindSecretArn = template.parameter('BindSecretArn', {
    Type: 'String',
    group,
    label: 'Bind secret',
    Description: 'Secret with the DN and password of the account that nodes search with.',
    ...SECRET_ARN,
  });
  const certificateArn = template.parameter('CertificateArn', {
    Type: 'String',
    group,
    label: 'Certificate',
    Description: "The load balancer's certificate, which nodes trust.",
    ...CERTIFICATE_ARN,
  });
  return {
    domain: domain.ref(),
    ldapsHost: ldapsHost.ref(),
    bindSecretArn: bindSecretArn.ref(),
    certificateArn: certificateArn.ref(),
  };
}
