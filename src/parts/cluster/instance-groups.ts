import type { ChosenGroup } from '../base/handed.ts';
import { part } from '../base/part.ts';
import { type ClusterGroup, GROUP_CHOICES, type GroupSettings } from './instance-group-choices.ts';

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
    instanceGroups: groupsOf(settings).map((group): ChosenGroup => {
      const ownForm = form.titled(`${group.label} (${group.name})`);
      const chosen = GROUP_CHOICES.map((choice) => choice(ownForm, group));
      return {
        name: group.name,
        nodeType: group.nodeType,
        ...(group.partition !== undefined && { partition: group.partition }),
        properties: Object.assign({}, ...chosen.map(({ properties }) => properties)),
        subnets: chosen.flatMap(({ subnets = [] }) => subnets),
        storage: chosen.flatMap(({ storage = [] }) => storage),
        asks: Object.assign({}, ...chosen.map(({ asks }) => asks)),
      };
    }),
  }),
  build: (_, { instanceGroups }) => ({ instanceGroups }),
  gives: { instanceGroups: 'The instance groups, with what the launcher chose for them.' },
});

/** The instance groups in the cluster's order. */
export function groupsOf({ cluster: { controller, login, workers } }: WithGroups): readonly ClusterGroup[] {
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
