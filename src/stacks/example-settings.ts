import type { Config } from '../config/config.ts';
import { groupsOf } from '../parts/cluster/instance-groups.ts';
import { settingsDocument } from '../parts/cluster/node-settings-document.ts';

/** What only AWS knows: names of what the directory stack makes, in their usual lengths. */
const EXAMPLES = {
  bindSecretArn: 'arn:aws:secretsmanager:us-west-2:111122223333:secret:BindSecret-a1b2c3',
  certificateArn: 'arn:aws:acm:us-west-2:111122223333:certificate/01234567-89ab-cdef-0123-456789abcdef',
};

/**
 * The settings that nodes read when a launcher changes nothing, as the cluster stack writes them, with examples for what
 * is not known before.
 */
export function exampleSettings(config: Config): unknown {
  const { domain } = config.directory;
  return settingsDocument(config, {
    instanceGroups: groupsOf(config),
    clusterName: config.cluster.name,
    domain,
    searchBase: `DC=${domain.replaceAll('.', ',DC=')}`,
    ldapsHost: `ldaps.${domain}`,
    ...EXAMPLES,
    homeRoot: `${config.storage.mountPath}/home`,
    chosen: {},
  });
}
