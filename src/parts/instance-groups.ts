import type { ClusterInstanceStorageConfig, ClusterSlurmConfig } from '../aws/generated/sagemaker-cluster.ts';
import type { Expression, Value } from '../aws/value.ts';
import { GROUP_CHOICES, type GroupProperties, type GroupSettings } from './instance-group-choices.ts';
import { part } from './part.ts';

/** What a node is in Slurm. */
export type NodeType = Exclude<ClusterSlurmConfig['NodeType'], Expression<unknown>>;

/** An instance group with what it is in Slurm, and the beginning of its parameters' names. */
export interface Group extends GroupSettings {
  readonly prefix: string;
  readonly label: string;
  readonly nodeType: NodeType;
  /** Slurm's partition; workers only. */
  readonly partition?: string;
}

/** An instance group with what the launcher chose for it. */
export interface InstanceGroup extends Pick<Group, 'name' | 'nodeType' | 'partition'> {
  readonly properties: GroupProperties;
  readonly storage: readonly Value<ClusterInstanceStorageConfig>[];
}

/** The instance groups of podlaunch.yaml. */
export interface WithGroups {
  readonly cluster: {
    readonly controller: GroupSettings;
    /** null: no login nodes. */
    readonly login: GroupSettings | null;
    readonly workers: readonly (GroupSettings & { readonly partition: string })[];
  };
}

/** Asks for each instance group what it is made of; each is a group of the form. */
export const instanceGroups = part({
  name: 'instance-groups',
  group: 'Instance groups',
  choices: (form, settings: WithGroups) => ({
    instanceGroups: groupsOf(settings).map((group): InstanceGroup => {
      const ownForm = form.titled(`${group.label} (${group.name})`);
      const chosen = GROUP_CHOICES.map((choice) => choice(ownForm, group));
      return {
        name: group.name,
        nodeType: group.nodeType,
        ...(group.partition !== undefined && { partition: group.partition }),
        properties: Object.assign({}, ...chosen.map(({ properties }) => properties)),
        storage: chosen.flatMap(({ storage = [] }) => storage),
      };
    }),
  }),
  build: (_, { instanceGroups }) => ({ instanceGroups }),
  gives: { instanceGroups: 'The instance groups, with what the launcher chose for them.' },
});

/** The instance groups in the cluster's order. */
export function groupsOf({ cluster: { controller, login, workers } }: WithGroups): readonly Group[] {
  return [
    { ...controller, prefix: 'Controller', label: 'Controller', nodeType: 'Controller' },
    ...(login ? [{ ...login, prefix: 'Login', label: 'Login nodes', nodeType: 'Login' } as const] : []),
    ...workers.map((group, index) => ({
      ...group,
      prefix: `Worker${index + 1}`,
      label: `Workers of partition ${group.partition}`,
      nodeType: 'Compute' as const,
    })),
  ];
}
