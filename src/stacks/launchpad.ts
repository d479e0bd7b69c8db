import { bastion } from '../parts/access/bastion.ts';
import { bastionIfChosen } from '../parts/access/bastion-if-chosen.ts';
import { alarmTopic } from '../parts/alarms/alarm-topic.ts';
import { bucketAlarms } from '../parts/alarms/bucket-alarms.ts';
import { directoryAlarms } from '../parts/alarms/directory-alarms.ts';
import { settingsAlarms } from '../parts/alarms/settings-alarms.ts';
import { known } from '../parts/base/needs.ts';
import { accountingDatabase } from '../parts/cluster/accounting-database.ts';
import { cluster } from '../parts/cluster/cluster.ts';
import { clusterMode } from '../parts/cluster/cluster-mode.ts';
import { executionRole } from '../parts/cluster/execution-role.ts';
import { instanceGroups } from '../parts/cluster/instance-groups.ts';
import { nodeSettings } from '../parts/cluster/node-settings.ts';
import { sshOutputs } from '../parts/cluster/ssh-outputs.ts';
import { bindSecret } from '../parts/directory/bind-secret.ts';
import { certificateCheck } from '../parts/directory/certificate-check.ts';
import { directory } from '../parts/directory/directory.ts';
import { domain } from '../parts/directory/domain.ts';
import { existingDirectoryWithAdmin } from '../parts/directory/existing-directory.ts';
import { ldapsListeners } from '../parts/directory/ldaps-listeners.ts';
import { ldapsName } from '../parts/directory/ldaps-name.ts';
import { ldapsTargets } from '../parts/directory/ldaps-targets.ts';
import { loadBalancer } from '../parts/directory/load-balancer.ts';
import { secretPoliciesWithPeople } from '../parts/directory/secret-policies.ts';
import { bindRotation } from '../parts/launch/bind-rotation.ts';
import { firstPerson } from '../parts/launch/first-person.ts';
import { passwordWatch } from '../parts/launch/password-watch.ts';
import { people } from '../parts/launch/people.ts';
import { preflight } from '../parts/launch/preflight.ts';
import { refusedFirst } from '../parts/launch/refused-first.ts';
import { removeKept } from '../parts/launch/remove-kept.ts';
import { madeCertificate } from '../parts/ldaps/certificate.ts';
import { targetsAligned } from '../parts/ldaps/targets-aligned.ts';
import { cidrBlock } from '../parts/network/cidr-block.ts';
import { clusterSecurityGroup } from '../parts/network/cluster-security-group.ts';
import { existingNetwork } from '../parts/network/existing-network.ts';
import { network } from '../parts/network/network.ts';
import { virtualNetwork } from '../parts/network/virtual-network.ts';
import { zones } from '../parts/network/zones.ts';
import { nodeBucketPolicy } from '../parts/scripts/node-bucket.ts';
import { copyScriptsCommand, nodeScripts } from '../parts/scripts/node-scripts.ts';
import { release } from '../parts/scripts/release.ts';
import { existingFileSystem } from '../parts/storage/existing-file-system.ts';
import { fileSystem } from '../parts/storage/file-system.ts';
import { fileSystemMount } from '../parts/storage/file-system-mount.ts';
import { accessLink } from './access-link.ts';
import { type FormGroup, type Stack, stack } from './stack.ts';

/** Two groups that everybody sees, then those that are named for who needs them. */
const FORM: readonly FormGroup[] = [
  { title: 'You', groups: ['First person'] },
  {
    title: 'Your cluster',
    parameters: [
      'ClusterName',
      ...['Worker1InstanceType', 'Worker1InstanceCount', 'LoginInstanceType', 'LoginInstanceCount'],
      'ControllerInstanceType',
      ...['DomainName', 'ClusterZoneId', 'SecondZoneId', 'AlarmEmail'],
    ],
  },
  {
    title: 'More about the cluster (for disks, training plans, recovery)',
    groups: ['Cluster', /^(Controller|Login nodes|Workers of)/],
  },
  { title: 'Logging in (for those with rules about it)', groups: ['Logging in'] },
  { title: 'Bastion (for people without AWS credentials, or without Systems Manager)', groups: ['Bastion'] },
  { title: 'Network (for those who have one, or whose addresses clash)', groups: ['Network', /^Existing network/] },
  {
    title: 'File system (for those who have one, or want another)',
    groups: ['File system for Lustre', /^File system/, /^Existing file system/],
  },
  {
    title: 'Directory (for those who have one, or want another)',
    groups: ['Directory', /^Existing directory/, 'LDAPS'],
  },
  { title: 'Passwords (for those who look after the directory)', groups: ['Passwords of the directory'] },
  { title: 'Accounting (for those who keep it in a database)', groups: ['Accounting database'] },
  { title: 'Secrets (for those who name everyone that may read them)', groups: ['Secrets'] },
  { title: 'Release (filled in by the publisher)', groups: ['Release (filled in by the publisher)'] },
];

/**
 * Everything in one stack, from which nothing is copied into another. What can be refused within seconds is made first:
 * preflight, network, certificate, load balancer. Only then directory and file system, side by side; then the cluster.
 */
const PARTS = [
  firstPerson,
  clusterMode,
  instanceGroups,
  domain,
  existingDirectoryWithAdmin,
  zones,
  existingNetwork,
  cidrBlock,
  bastionIfChosen,
  preflight,
  release,
  nodeScripts,
  virtualNetwork,
  executionRole,
  nodeBucketPolicy,
  clusterSecurityGroup,
  network,
  bastion,
  alarmTopic,
  bucketAlarms,
  copyScriptsCommand,
  madeCertificate,
  loadBalancer,
  ldapsTargets,
  certificateCheck,
  ldapsName,
  refusedFirst,
  bindSecret,
  existingFileSystem,
  fileSystem,
  directory,
  targetsAligned,
  ldapsListeners,
  directoryAlarms,
  people,
  bindRotation,
  passwordWatch,
  secretPoliciesWithPeople,
  accountingDatabase,
  fileSystemMount,
  nodeSettings,
  cluster,
  settingsAlarms,
  sshOutputs,
] as const;

/** What the stack access asks for. */
const ACCESS = {
  VpcId: known,
  VpcCidr: known,
  ClusterSubnetId: known,
  PublicSubnetId: known,
  ClusterSecurityGroupId: known,
  ClusterArn: known,
  DomainName: known,
  DirectoryId: known,
  FirstDirectoryAddress: known,
  SecondDirectoryAddress: known,
} as const;

const OUTPUTS = [
  'SshConfig',
  'ListNodes',
  'KeyFingerprint',
  'PreflightWarnings',
  'ClusterName',
  'ClusterArn',
  'DomainName',
  'AdminSecretArn',
  'CertificateArn',
  'CopyScriptsCommand',
  ...['VpcId', 'VpcCidr', 'ClusterSubnetId', 'PublicSubnetId', 'ClusterSecurityGroupId'],
  ...['DirectoryId', 'FirstDirectoryAddress', 'SecondDirectoryAddress'],
  ...['BastionAddress', 'BastionSshConfig', 'BastionShell', 'EndpointSshConfig'],
  'AccessLink',
] as const;

/** Keeps the data, and all that the data needs, when it is deleted. */
export const launchpadStack: Stack<'launchpad'> = stack({
  name: 'launchpad',
  summary: 'everything in one stack',
  title: 'HyperPod cluster, its network, storage and directory; keeps the data when it is deleted',
  about:
    'Everything in one stack: network, file system, directory and a HyperPod cluster for its people. Keeps the data when it is deleted.',
  closed: true,
  parts: [...PARTS, accessLink('launchpad', ACCESS), removeKept],
  outputs: [...OUTPUTS, 'RemoveKept'],
  form: FORM,
  settings: { retain: true },
});

/** Keeps nothing when it is deleted. */
export const launchpadTrialStack: Stack<'launchpad-trial'> = stack({
  name: 'launchpad-trial',
  summary: 'everything in one stack, for a trial',
  title: 'HyperPod cluster, its network, storage and directory, for a trial; deleting it deletes all data',
  about:
    'Everything in one stack, for a trial: network, file system, directory and a HyperPod cluster for its people. Deleting it deletes all data.',
  closed: true,
  parts: [...PARTS, accessLink('launchpad-trial', ACCESS)],
  outputs: OUTPUTS,
  form: FORM,
  settings: { retain: false },
});
