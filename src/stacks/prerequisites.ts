import { and, contains, equals, not, or, when } from '../aws/conditions.ts';
import { join, noValue } from '../aws/intrinsics.ts';
import { EMAIL, optional, VPC_CIDR, ZONE_ID } from '../aws/patterns.ts';
import { sub } from '../aws/sub.ts';
import type { Template } from '../aws/template.ts';
import type { Expression } from '../aws/value.ts';
import type { Config } from '../config/config.ts';
import { EFA_THROUGHPUTS, EFA_VERSION, efaStep } from '../config/lustre-efa.ts';
import { ENTRY_PATH, LIST_PATH, namedEntryPath } from '../functions/lib/node-folder.ts';
import { alarmTopic } from '../parts/alarm-topic.ts';
import { assetCopy } from '../parts/asset-copy.ts';
import { bucketAlarms } from '../parts/bucket-alarms.ts';
import { clusterSecurityGroup } from '../parts/cluster-security-group.ts';
import { executionRole } from '../parts/execution-role.ts';
import { fileSystem } from '../parts/file-system.ts';
import { network, virtualNetwork } from '../parts/network.ts';
import { nodeBucket, nodeBucketPolicy } from '../parts/node-bucket.ts';
import { nextLink } from './next-link.ts';
import { releaseParameters } from './release-parameters.ts';
import type { Settings, Stack } from './stack.ts';

/**
 * What a cluster and its directory stand on: network, file system, the role of the nodes, and the launcher's bucket
 * with the scripts that run on them.
 */
export const prerequisites: Stack<'prerequisites'> = {
  name: 'prerequisites',
  summary: 'network, file system, role, scripts',
  title: 'network, file system, role and scripts of a HyperPod cluster',
  about: 'What a HyperPod cluster and its directory stand on: network, file system, role, scripts.',
  build,
};

function build(template: Template, config: Settings): void {
  const { vpcCidr, zones } = networkParameters(template, config);
  const lustre = fileSystemParameters(template, config);
  const release = releaseParameters(template, config.location);

  const bucket = nodeBucket(template);
  const copy = assetCopy(template, { bucket, assetsSha256: config.assets.sha256, release });
  const vpc = virtualNetwork(template, vpcCidr);
  const role = executionRole(template, { nodeBucketArn: bucket.get('Arn'), vpcId: vpc.ref() });
  const bucketPolicy = nodeBucketPolicy(template, {
    bucket,
    nodeRoleArn: role.get('Arn'),
    writers: {
      known: template.condition('WritersAreKnown', or(release.given, release.uploader.given)),
      arns: [copy.role.get('Arn'), when(release.uploader.given, release.uploader.arn, noValue)],
    },
  });
  const { group: securityGroup, rules } = clusterSecurityGroup(template, { vpcId: vpc.ref() });
  // A delete that a live cluster stops, stops at the subnets: what its nodes need stands before them and is then still
  // there. The file system stands after them, and so after the rules, without which FSx refuses to make it.
  const before = [copy.assets, role, bucketPolicy, ...rules];
  const { clusterSubnet, secondSubnet, natAddress } = network(template, { vpc, zones, before });
  const lustreFileSystem = fileSystem(template, {
    retain: config.retain,
    ...lustre,
    subnetId: clusterSubnet.ref(),
    securityGroupId: securityGroup.get('GroupId'),
    after: [natAddress],
  });

  const alarms = alarmParameters(template);
  const topic = alarmTopic(template, { ...alarms });
  bucketAlarms(template, { wanted: alarms.wanted, topicArn: topic.ref(), bucketName: bucket.ref() });

  template.output('VpcId', { description: 'The VPC.', value: vpc.ref() });
  template.output('VpcCidr', { description: 'The only CIDR of the VPC.', value: vpc.get('CidrBlock') });
  template.output('ClusterSubnetId', {
    description: 'Private subnet of the cluster and its file system.',
    value: clusterSubnet.ref(),
  });
  template.output('SecondSubnetId', {
    description: 'Private subnet in the second zone, for the directory.',
    value: secondSubnet.ref(),
  });
  template.output('ClusterSecurityGroupId', {
    description: 'Security group of the nodes and the file system.',
    value: securityGroup.get('GroupId'),
  });
  template.output('ExecutionRoleArn', { description: 'Role of the nodes.', value: role.get('Arn') });
  template.output('NodeBucketName', {
    description: 'Bucket that the nodes read their scripts from.',
    value: bucket.ref(),
  });
  template.output('FileSystemDnsName', {
    description: 'DNS name of the file system.',
    value: lustreFileSystem.get('DNSName'),
    condition: lustre.wanted,
  });
  template.output('FileSystemMountName', {
    description: 'Mount name of the file system.',
    value: lustreFileSystem.get('LustreMountName'),
    condition: lustre.wanted,
  });
  template.output('AlarmTopicArn', {
    description: 'Topic of the alarms, for the other stacks.',
    value: topic.ref(),
    condition: alarms.wanted,
  });
  template.output('CopyScriptsCommand', {
    description:
      'This template came without a release: run this in the folder that holds lifecycle-scripts and dist, before the cluster is made.',
    value: copyScriptsCommand(bucket.ref(), config.assets.sha256),
    condition: template.condition('HasNoRelease', not(release.given)),
  });
  nextLink(template, {
    from: 'prerequisites',
    next: 'directory',
    location: config.location,
    values: {
      VpcId: vpc.ref(),
      VpcCidr: vpc.get('CidrBlock'),
      ClusterSubnetId: clusterSubnet.ref(),
      SecondSubnetId: secondSubnet.ref(),
      ClusterSecurityGroupId: securityGroup.get('GroupId'),
      AlarmTopicArn: when(alarms.wanted, topic.ref(), ''),
      ExecutionRoleArn: role.get('Arn'),
      NodeBucketName: bucket.ref(),
      FileSystemDnsName: when(lustre.wanted, lustreFileSystem.get('DNSName'), ''),
      FileSystemMountName: when(lustre.wanted, lustreFileSystem.get('LustreMountName'), ''),
    },
    asked: ['CertificateArn'],
  });
}

function alarmParameters(template: Template) {
  const email = template.parameter('AlarmEmail', {
    Type: 'String',
    group: 'Alarms',
    label: 'E-mail',
    Description:
      'Optional - Address to tell when scripts, settings or certificate of the nodes are written by anybody but the stacks. It gets a message to confirm first. Empty: no alarms.',
    Default: '',
    ...optional(EMAIL),
  });
  return { email: email.ref(), wanted: template.condition('WantsAlarms', not(equals(email.ref(), ''))) };
}

/** What the copy function does for a release: the files, their list, and the entry script under the name that says which list. */
function copyScriptsCommand(bucket: Expression<string>, assetsSha256: string): Expression<string> {
  const noise = ['.*', '*/.*', '*__pycache__/*', '*.pyc', '*~'].map((pattern) => `--exclude '${pattern}'`).join(' ');
  const files = sub`aws s3 sync lifecycle-scripts s3://${bucket}/${assetsSha256}/lifecycle-scripts ${noise}`;
  const list = sub`aws s3 cp dist/assets.json s3://${bucket}/${assetsSha256}/${LIST_PATH}`;
  const entry = sub`aws s3 cp ${ENTRY_PATH} s3://${bucket}/${assetsSha256}/${namedEntryPath(assetsSha256)}`;
  return join(' && ', [files, list, entry]);
}

function networkParameters(template: Template, config: Config) {
  const vpcCidr = template.parameter('VpcCidr', {
    Type: 'String',
    group: 'Network',
    label: 'VPC CIDR',
    Description: 'The only IPv4 block of the VPC. The directory admits no other.',
    Default: config.network.cidr,
    ...VPC_CIDR,
  });
  const clusterZoneId = template.parameter('ClusterZoneId', {
    Type: 'String',
    group: 'Network',
    label: 'Zone of the cluster',
    Description:
      'Optional - Id of the availability zone where you have GPU capacity. Give both zones or neither; give them for a cluster that is to live, because the automatic choice may change.',
    Default: '',
    ...optional(ZONE_ID),
  });
  const secondZoneId = template.parameter('SecondZoneId', {
    Type: 'String',
    group: 'Network',
    label: 'Second zone',
    Description: 'Optional - Id of another availability zone of the region, for the second domain controller.',
    Default: '',
    ...optional(ZONE_ID),
  });
  const neither = and(equals(clusterZoneId.ref(), ''), equals(secondZoneId.ref(), ''));
  template.rule('BothZonesOrNeither', {
    assertions: [
      {
        assert: or(neither, and(not(equals(clusterZoneId.ref(), '')), not(equals(secondZoneId.ref(), '')))),
        description: 'Give both ClusterZoneId and SecondZoneId, or leave both empty.',
      },
      {
        assert: or(neither, not(equals(clusterZoneId.ref(), secondZoneId.ref()))),
        description: 'ClusterZoneId and SecondZoneId must be two zones: a directory needs both.',
      },
    ],
  });
  const given = template.condition('HasZones', not(equals(clusterZoneId.ref(), '')));
  return {
    vpcCidr: vpcCidr.ref(),
    zones: { given, clusterZoneId: clusterZoneId.ref(), secondZoneId: secondZoneId.ref() },
  };
}

/** Usual sizes: 1200, or a multiple of 2400; podlaunch.yaml may add another. */
const CAPACITIES = [1200, 2400, 4800, 7200, 9600, 12000, 14400, 19200, 24000, 28800, 36000, 38400, 48000];

function fileSystemParameters(template: Template, { storage }: Config) {
  const group = 'File system for Lustre';
  const create = template.parameter('CreateFileSystem', {
    Type: 'String',
    group,
    label: 'Create a file system',
    Description:
      'Whether to make a shared file system. Without one each node has homes of its own, and a job leaves its output on the node that ran it. Off and on again makes a new, empty one.',
    Default: String(storage.create),
    AllowedValues: ['true', 'false'],
    ConstraintDescription: 'true or false.',
  });
  const capacities = [...new Set([...CAPACITIES, storage.capacity])].sort((a, b) => a - b);
  const capacity = template.parameter('FileSystemCapacity', {
    Type: 'Number',
    group,
    label: 'Capacity (GiB)',
    Description: 'What you pay for, used or not. It can grow later.',
    Default: storage.capacity,
    AllowedValues: capacities,
    ConstraintDescription: 'One of the sizes of the list, such as 4800.',
  });
  const throughput = template.parameter('FileSystemThroughput', {
    Type: 'Number',
    group,
    label: 'Throughput (MB/s per TiB)',
    Description: 'More costs more. An update can change it.',
    Default: storage.throughput,
    AllowedValues: [125, 250, 500, 1000],
    ConstraintDescription: '125, 250, 500 or 1000.',
  });
  const compression = template.parameter('FileSystemCompression', {
    Type: 'String',
    group,
    label: 'Compression',
    Description: 'LZ4 saves space and usually costs no speed.',
    Default: storage.compression,
    AllowedValues: ['LZ4', 'NONE'],
    ConstraintDescription: 'LZ4 or NONE.',
  });
  const version = template.parameter('FileSystemVersion', {
    Type: 'String',
    group,
    label: 'Lustre version',
    Description: '2.15, unless the nodes have an older client.',
    Default: storage.version,
    AllowedValues: ['2.12', '2.15'],
    ConstraintDescription: '2.12 or 2.15.',
  });
  const backupDays = template.parameter('FileSystemBackupDays', {
    Type: 'Number',
    group,
    label: 'Days of backups',
    Description: 'For how many days FSx keeps a daily backup. 0: none, and what people delete is gone.',
    Default: storage.backupDays,
    MinValue: 0,
    MaxValue: 90,
    ConstraintDescription: 'A number from 0 to 90, such as 7.',
  });
  const efa = template.parameter('FileSystemEfa', {
    Type: 'String',
    group,
    label: 'EFA',
    Description:
      'Whether nodes with EFA reach it by EFA, and GPUs by GPUDirect Storage. Only at its creation; the throughput is then fixed.',
    Default: String(storage.efa),
    AllowedValues: ['true', 'false'],
    ConstraintDescription: 'true or false.',
  });
  template.rule('EfaFits', {
    when: and(equals(create.ref(), 'true'), equals(efa.ref(), 'true')),
    assertions: [
      {
        assert: equals(version.ref(), EFA_VERSION),
        description: `FileSystemEfa needs FileSystemVersion ${EFA_VERSION}.`,
      },
      {
        assert: or(
          ...EFA_THROUGHPUTS.map((mbs) => {
            const fitting = capacities.filter((size) => size % efaStep(mbs) === 0).map(String);
            return and(equals(throughput.ref(), mbs), contains(fitting, capacity.ref()));
          }),
        ),
        description: `With FileSystemEfa the capacity must be a multiple of ${EFA_THROUGHPUTS.map((mbs) => `${efaStep(mbs)} at throughput ${mbs}`).join(', ')}.`,
      },
    ],
  });
  return {
    wanted: template.condition('WantsFileSystem', equals(create.ref(), 'true')),
    capacity: capacity.ref(),
    throughput: throughput.ref(),
    compression: compression.ref(),
    version: version.ref(),
    backupDays: backupDays.ref(),
    efa: template.condition('WantsEfa', equals(efa.ref(), 'true')),
  };
}
