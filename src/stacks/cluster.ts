import { cluster as clusterPart } from '../parts/cluster.ts';
import { clusterMode } from '../parts/cluster-mode.ts';
import { fileSystemMount } from '../parts/file-system-mount.ts';
import { instanceGroups } from '../parts/instance-groups.ts';
import { nodeSettings } from '../parts/node-settings.ts';
import { settingsAlarms } from '../parts/settings-alarms.ts';
import { sshOutputs } from '../parts/ssh-outputs.ts';
import { type Stack, stack } from './stack.ts';

/** The HyperPod cluster, its nodes members of the directory. */
export const cluster: Stack<'cluster'> = stack({
  name: 'cluster',
  summary: 'HyperPod with Slurm',
  title: 'HyperPod cluster with Slurm, its users in the directory',
  about: 'A HyperPod cluster with Slurm whose users and groups live in the directory.',
  parts: [clusterMode, instanceGroups, fileSystemMount, nodeSettings, clusterPart, settingsAlarms, sshOutputs],
  outputs: ['ClusterArn', 'ClusterName', 'NodeSettingsName', 'SshConfig', 'ListNodes'],
});
