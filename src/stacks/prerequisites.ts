import { alarmTopic } from '../parts/alarms/alarm-topic.ts';
import { bucketAlarms } from '../parts/alarms/bucket-alarms.ts';
import { known } from '../parts/base/needs.ts';
import { executionRole } from '../parts/cluster/execution-role.ts';
import { cidrBlock } from '../parts/network/cidr-block.ts';
import { clusterSecurityGroup } from '../parts/network/cluster-security-group.ts';
import { network } from '../parts/network/network.ts';
import { ownNetwork } from '../parts/network/own-network.ts';
import { virtualNetwork } from '../parts/network/virtual-network.ts';
import { zones } from '../parts/network/zones.ts';
import { nodeBucketPolicy } from '../parts/scripts/node-bucket.ts';
import { copyScriptsCommand, nodeScripts } from '../parts/scripts/node-scripts.ts';
import { release } from '../parts/scripts/release.ts';
import { noExistingFileSystem } from '../parts/storage/existing-file-system.ts';
import { fileSystem } from '../parts/storage/file-system.ts';
import { nextLink } from './next-link.ts';
import { type Stack, stack } from './stack.ts';

/**
 * What a cluster and its directory need: network, file system, the role of the nodes, and the launcher's bucket
 * with the scripts that run on them.
 */
export const prerequisitesStack: Stack<'prerequisites'> = stack({
  name: 'prerequisites',
  summary: 'network, file system, role, scripts',
  title: 'network, file system, role and scripts of a HyperPod cluster',
  about: 'What a HyperPod cluster and its directory need: network, file system, role, scripts.',
  parts: [
    release,
    nodeScripts,
    ownNetwork,
    cidrBlock,
    virtualNetwork,
    executionRole,
    nodeBucketPolicy,
    clusterSecurityGroup,
    zones,
    network,
    noExistingFileSystem,
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
    'PublicSubnetId',
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
