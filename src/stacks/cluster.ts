import { when } from '../aws/conditions.ts';
import { select, split } from '../aws/intrinsics.ts';
import { sub } from '../aws/sub.ts';
import type { Template } from '../aws/template.ts';
import type { Config } from '../config/config.ts';
import { cluster as clusterPart } from '../parts/cluster.ts';
import { nodeAccess } from '../parts/node-access.ts';
import { nodeSettings } from '../parts/node-settings.ts';
import { settingsAlarms } from '../parts/settings-alarms.ts';
import {
  alarmParameters,
  directoryParameters,
  fileSystemParameters,
  type Group,
  generalParameters,
  groupParameters,
  nodeParameters,
  placeParameters,
} from './cluster-parameters.ts';
import { sshOutputs } from './ssh-outputs.ts';
import type { Settings, Stack } from './stack.ts';

/** The HyperPod cluster, its nodes members of the directory. */
export const cluster: Stack<'cluster'> = {
  name: 'cluster',
  summary: 'HyperPod with Slurm',
  title: 'HyperPod cluster with Slurm, its users in the directory',
  about: 'A HyperPod cluster with Slurm whose users and groups live in the directory.',
  parts: [],
  outputs: [],
  build,
};

function build(template: Template, config: Settings): void {
  const groups = instanceGroups(config);
  const general = generalParameters(template, config);
  const groupInputs = groups.map((group) => groupParameters(template, group));
  const choices = nodeParameters(template, config);
  const place = placeParameters(template);
  const fileSystem = fileSystemParameters(template, config);
  const directory = directoryParameters(template);

  const settings = nodeSettings(template, {
    config,
    instanceGroups: groups,
    clusterName: general.clusterName,
    ...directory,
    choices,
    homeRoot: when(fileSystem.given, sub`${fileSystem.mountPath}/home`, '/home'),
  });
  const access = nodeAccess(template, {
    roleName: place.executionRoleName,
    clusterName: general.clusterName,
    settings,
    ...directory,
  });
  const made = clusterPart(template, {
    ...general,
    groups: groupInputs,
    executionRoleArn: place.executionRoleArn,
    subnetId: place.subnetId,
    securityGroupId: place.securityGroupId,
    scripts: { bucketName: place.nodeBucketName, assetsSha256: config.assets.sha256 },
    fileSystem,
    after: [settings.parameter, settings.vouched, access],
  });

  settingsAlarms(template, { topic: alarmParameters(template), clusterName: general.clusterName, settings });

  template.output('ClusterArn', { description: 'The cluster.', value: made.get('ClusterArn') });
  template.output('ClusterName', { description: 'Name of the cluster.', value: general.clusterName });
  template.output('NodeSettingsName', {
    description: 'SSM parameter that the nodes configure themselves by.',
    value: settings.parameter.ref(),
  });
  sshOutputs(template, {
    clusterName: general.clusterName,
    clusterId: select(1, split('/', made.get('ClusterArn'))),
    group: (config.cluster.login ?? config.cluster.workers[0] ?? config.cluster.controller).name,
  });
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
