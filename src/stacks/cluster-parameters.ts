import { type Condition, equals, not, or } from '../aws/conditions.ts';
import { identifies, select, split } from '../aws/intrinsics.ts';
import {
  CERTIFICATE_ARN,
  CLUSTER_NAME,
  DOMAIN_NAME,
  FILE_SYSTEM_DNS_NAME,
  FILE_SYSTEM_MOUNT_NAME,
  INSTANCE_TYPE,
  MOUNT_PATH,
  NODE_BUCKET_NAME,
  optional,
  ROLE_ARN,
  SECRET_ARN,
  TOPIC_ARN,
} from '../aws/patterns.ts';
import type { Template } from '../aws/template.ts';
import type { Expression, Id } from '../aws/value.ts';
import type { Config, InstanceGroup, NodeType } from '../config/config.ts';
import { NODE_PARAMETERS } from '../config/generated/node-parameters.ts';
import type { ClusterGroupInput, ClusterInput } from '../parts/cluster.ts';
import type { NodeAccessInput } from '../parts/node-access.ts';
import type { NodeChoice, NodeSettingsInput } from '../parts/node-settings.ts';

/** An instance group of podlaunch.yaml, with what it is in Slurm and the prefix of its parameters. */
export interface Group {
  readonly prefix: string;
  readonly label: string;
  readonly group: InstanceGroup;
  readonly nodeType: NodeType;
  readonly partition?: string;
}

/** The cluster's name, and how it gets and keeps its nodes. */
export function generalParameters(
  template: Template,
  config: Config,
): Pick<ClusterInput, 'clusterName' | 'continuous' | 'nodeRecovery'> {
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

/** How many instances a group may have. A cluster waits for one login node, so that none would keep it from ever being in service. */
const COUNTS = {
  Controller: {
    Description: 'A Slurm cluster has one controller.',
    MinValue: 1,
    MaxValue: 1,
    ConstraintDescription: '1.',
  },
  Login: {
    Description: 'How many instances, at least one.',
    MinValue: 1,
    MaxValue: 6758,
    ConstraintDescription: 'A number from 1 to 6758, such as 2.',
  },
  Compute: {
    Description: 'How many instances.',
    MinValue: 0,
    MaxValue: 6758,
    ConstraintDescription: 'A number from 0 to 6758, such as 4.',
  },
} as const;

/** Type, number and disk of one instance group. */
export function groupParameters(
  template: Template,
  { prefix, label, group, nodeType, partition }: Group,
): ClusterGroupInput {
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
    Default: group.count,
    ...COUNTS[nodeType],
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

/** The node settings that a launcher may choose; what the form says of them is in their schema. */
export function nodeParameters(template: Template, { nodes }: Pick<Config, 'nodes'>): NodeSettingsInput['choices'] {
  const chosen = Object.entries(NODE_PARAMETERS).map(([key, { Type, group, label, Description, ...limits }]) => {
    const name = key[0]!.toUpperCase() + key.slice(1);
    const value = nodes[key as NodeChoice];
    const Default = typeof value === 'number' ? value : String(value);
    return [key, template.parameter(name, { Type, group, label, Description, Default, ...limits }).ref()];
  });
  return Object.fromEntries(chosen) as NodeSettingsInput['choices'];
}

/** Where the nodes run: outputs of the prerequisites. */
export function placeParameters(template: Template): Pick<
  ClusterInput,
  'subnetId' | 'securityGroupId' | 'executionRoleArn'
> & {
  readonly executionRoleName: NodeAccessInput['roleName'];
  readonly nodeBucketName: ClusterInput['scripts']['bucketName'];
} {
  const group = 'Network (outputs of stack 1, prerequisites)';
  const subnetId = template.parameter('ClusterSubnetId', {
    Type: 'AWS::EC2::Subnet::Id',
    group,
    label: 'Subnet (ClusterSubnetId)',
    Description:
      'Private subnet of the nodes, the same as that of the file system. The list shows the public subnets too: take the one that the output names. A change needs a new cluster name.',
  });
  const securityGroupId = template.parameter('ClusterSecurityGroupId', {
    Type: 'AWS::EC2::SecurityGroup::Id',
    group,
    label: 'Security group (ClusterSecurityGroupId)',
    Description: 'Must allow everything to and from itself. A change needs a new cluster name.',
  });
  const executionRoleArn = template.parameter('ExecutionRoleArn', {
    Type: 'String',
    group,
    label: 'Execution role (ExecutionRoleArn)',
    Description: 'Role of the nodes.',
    ...ROLE_ARN,
  });
  const nodeBucketName = template.parameter('NodeBucketName', {
    Type: 'String',
    group,
    label: 'Bucket of the scripts (NodeBucketName)',
    Description: 'Bucket that the nodes read their scripts from. HyperPod demands a name that starts with sagemaker-.',
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

/** The shared file system, or none; a rule keeps its two names together. */
export function fileSystemParameters(template: Template, config: Config): ClusterInput['fileSystem'] {
  const group = 'File system (outputs of stack 1, prerequisites)';
  const dnsName = template.parameter('FileSystemDnsName', {
    Type: 'String',
    group,
    label: 'DNS name (FileSystemDnsName)',
    Description: 'Optional - File system for Lustre. Empty: none is mounted, and homes are local to each node.',
    Default: '',
    ...optional(FILE_SYSTEM_DNS_NAME),
  });
  const mountName = template.parameter('FileSystemMountName', {
    Type: 'String',
    group,
    label: 'Mount name (FileSystemMountName)',
    Description: 'Optional - Mount name of the file system.',
    Default: '',
    ...optional(FILE_SYSTEM_MOUNT_NAME),
  });
  const mountPath = template.parameter('FileSystemMountPath', {
    Type: 'String',
    group,
    label: 'Mount path',
    Description: 'Where nodes mount it. Homes are in the folder home below it.',
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

/** The directory: outputs of its stack. */
export function directoryParameters(
  template: Template,
): Pick<NodeSettingsInput, 'domain' | 'bindSecretArn' | 'certificateArn'> {
  const group = 'Directory (outputs of stack 2, directory)';
  const domain = template.parameter('DomainName', {
    Type: 'String',
    group,
    label: 'Domain name (DomainName)',
    Description: "DNS name of the directory's domain.",
    ...DOMAIN_NAME,
  });
  const bindSecretArn = template.parameter('BindSecretArn', {
    Type: 'String',
    group,
    label: 'Bind secret (BindSecretArn)',
    Description: 'Secret with the DN and password of the account that nodes search with.',
    ...SECRET_ARN,
  });
  const certificateArn = template.parameter('CertificateArn', {
    Type: 'String',
    group,
    label: 'Certificate (CertificateArn)',
    Description: "The load balancer's certificate, which nodes trust.",
    ...CERTIFICATE_ARN,
  });
  return {
    domain: domain.ref(),
    bindSecretArn: bindSecretArn.ref(),
    certificateArn: certificateArn.ref(),
  };
}

/** Where alarms go: an output of the prerequisites, or a topic of one's own. */
export function alarmParameters(template: Template): {
  readonly given: Condition;
  readonly value: Expression<string>;
  readonly orEmpty: Expression<string>;
} {
  const topic = template.parameter('AlarmTopicArn', {
    Type: 'String',
    group: 'Alarms (output of the prerequisites)',
    label: 'Alarm topic (AlarmTopicArn)',
    Description:
      'Optional - SNS topic to tell when the settings of the nodes are written; EventBridge must be allowed to publish to it. Empty: no alarm.',
    Default: '',
    ...optional(TOPIC_ARN),
  });
  return {
    given: template.condition('WantsAlarm', not(equals(topic.ref(), ''))),
    value: topic.ref(),
    orEmpty: topic.ref(),
  };
}
