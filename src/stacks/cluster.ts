import { settingsAlarms } from '../parts/alarms/settings-alarms.ts';
import { accountingDatabase } from '../parts/cluster/accounting-database.ts';
import { cluster } from '../parts/cluster/cluster.ts';
import { clusterMode } from '../parts/cluster/cluster-mode.ts';
import { instanceGroups } from '../parts/cluster/instance-groups.ts';
import { nodeSettings } from '../parts/cluster/node-settings.ts';
import { sshOutputs } from '../parts/cluster/ssh-outputs.ts';
import { fileSystemMount } from '../parts/storage/file-system-mount.ts';
import { type Stack, stack } from './stack.ts';

/** The HyperPod cluster, its nodes members of the directory. */
export const clusterStack: Stack<'cluster'> = stack({
  name: 'cluster',
  summary: 'HyperPod with Slurm',
  title: 'HyperPod cluster with Slurm, its users in the directory',
  about: 'A HyperPod cluster with Slurm, whose users and groups are in the directory.',
  parts: [
    clusterMode,
    accountingDatabase,
    instanceGroups,
    fileSystemMount,
    nodeSettings,
    cluster,
    settingsAlarms,
    sshOutputs,
  ],
  outputs: ['ClusterArn', 'ClusterName', 'NodeSettingsName', 'SshConfig', 'ListNodes'],
});
