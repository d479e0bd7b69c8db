import type { Config, DirectoryGroup, InstanceGroup, WorkerGroup } from './config.ts';
import { DEFAULTS } from './defaults.ts';

type Given<T> = { readonly [K in keyof T]?: T[K] };

/** podlaunch.yaml as it is written: every key may be missing. Has passed the JSON Schema. */
export interface GivenConfig {
  readonly project?: Given<Config['project']>;
  readonly publish?: Given<Config['publish']>;
  readonly release?: Given<Config['release']>;
  readonly lifecycleScripts?: string;
  readonly network?: Given<Config['network']>;
  readonly directory?: Given<Omit<Config['directory'], 'groups'>> & {
    readonly groups?: readonly (Given<DirectoryGroup> & Pick<DirectoryGroup, 'name'>)[];
  };
  readonly cluster?: {
    readonly name?: string;
    readonly controller?: Given<InstanceGroup>;
    readonly login?: Given<InstanceGroup> | null;
    readonly workers?: readonly (Given<WorkerGroup> & Pick<WorkerGroup, 'name' | 'type'>)[];
  };
  readonly nodes?: Given<Config['nodes']>;
  readonly storage?: Given<Config['storage']>;
  readonly retain?: boolean;
}

/** What an entry of directory.groups has where it does not say. */
const GROUP: Omit<DirectoryGroup, 'name'> = { logIn: ['Login', 'Compute'], sudo: false };

/** What an entry of cluster.workers has where it does not say. */
const WORKERS: Omit<WorkerGroup, 'name' | 'type'> = { count: 1, disk: 0, partition: 'workers' };

/** What login nodes have where the configuration does not say. */
const LOGIN: InstanceGroup = DEFAULTS.cluster.login!;

/** Fills in what the file leaves out. A list is taken as it is given: its entries are not mixed with those of the default. */
export function complete(given: GivenConfig): Config {
  const { directory = {}, cluster = {} } = given;
  return {
    project: { ...DEFAULTS.project, ...given.project },
    publish: { ...DEFAULTS.publish, ...given.publish },
    release: { ...DEFAULTS.release, ...given.release },
    ...(given.lifecycleScripts !== undefined && { lifecycleScripts: given.lifecycleScripts }),
    network: { ...DEFAULTS.network, ...given.network },
    directory: {
      ...DEFAULTS.directory,
      ...directory,
      groups: directory.groups?.map((group) => ({ ...GROUP, ...group })) ?? DEFAULTS.directory.groups,
    },
    cluster: {
      name: cluster.name ?? DEFAULTS.cluster.name,
      controller: { ...DEFAULTS.cluster.controller, ...cluster.controller },
      login: cluster.login === null ? null : { ...LOGIN, ...cluster.login },
      workers: cluster.workers?.map((group) => ({ ...WORKERS, ...group })) ?? DEFAULTS.cluster.workers,
    },
    nodes: { ...DEFAULTS.nodes, ...given.nodes },
    storage: { ...DEFAULTS.storage, ...given.storage },
    retain: given.retain ?? DEFAULTS.retain,
  };
}
