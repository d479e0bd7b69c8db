import { alarmTopic } from '../parts/alarm-topic.ts';
import { bucketAlarms } from '../parts/bucket-alarms.ts';
import { clusterSecurityGroup } from '../parts/cluster-security-group.ts';
import { executionRole } from '../parts/execution-role.ts';
import { fileSystem } from '../parts/file-system.ts';
import { known } from '../parts/needs.ts';
import { network } from '../parts/network.ts';
import { nodeBucketPolicy } from '../parts/node-bucket.ts';
import { copyScriptsCommand, nodeScripts } from '../parts/node-scripts.ts';
import { release } from '../parts/release.ts';
import { virtualNetwork } from '../parts/virtual-network.ts';
import { nextLink } from './next-link.ts';
import { type Stack, stack } from './stack.ts';

/**
 * What a cluster and its directory stand on: network, file system, the role of the nodes, and the launcher's bucket
 * with the scripts that run on them.
 */
export const prerequisites: Stack<'prerequisites'> = stack({
  name: 'prerequisites',
  summary: 'network, file system, role, scripts',
  title: 'network, file system, role and scripts of a HyperPod cluster',
  about: 'What a HyperPod cluster and its directory stand on: network, file system, role, scripts.',
  parts: [
    release,
    nodeScripts,
    virtualNetwork,
    executionRole,
    nodeBucketPolicy,
    clusterSecurityGroup,
    network,
    fileSystem,
    alarmTopic,
    bucketAlarms,
    copyScriptsCommand,
    nextLink(
      { from: 'prerequisites', next: 'directory', asked: ['CertificateArn'] },
      {
        VpcId: known,
        VpcCidr: known,
        ClusterSubnetId: known,
        SecondSubnetId: known,
        ClusterSecurityGroupId: known,
        AlarmTopicArn: known,
        ExecutionRoleArn: known,
        NodeBucketName: known,
        FileSystemDnsName: known,
        FileSystemMountName: known,
      },
    ),
  ],
  outputs: [
    'VpcId',
    'VpcCidr',
    'ClusterSubnetId',
    'SecondSubnetId',
    'ClusterSecurityGroupId',
    'ExecutionRoleArn',
    'NodeBucketName',
    'FileSystemDnsName',
    'FileSystemMountName',
    'AlarmTopicArn',
    'CopyScriptsCommand',
    'NextLink',
  ],
});
