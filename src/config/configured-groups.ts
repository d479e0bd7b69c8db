import type { Path } from '../diagnostics/diagnostic.ts';
import type { Config, InstanceGroup } from './config.ts';

/** The instance groups of a configuration with their places in it: controller, login nodes if there are any, workers. */
export function configuredGroups({ cluster }: Config): readonly (readonly [path: Path, group: InstanceGroup])[] {
  const { controller, login, workers } = cluster;
  return [
    [['cluster', 'controller'], controller],
    ...(login ? [[['cluster', 'login'], login] as const] : []),
    ...workers.map((group, i) => [['cluster', 'workers', i], group] as const),
  ];
}
