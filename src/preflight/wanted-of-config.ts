import type { Config } from '../config/config.ts';
import type { Wanted } from '../functions/preflight/wanted.ts';
import { groupsOf } from '../parts/cluster/instance-groups.ts';

/** What a launcher says beside podlaunch.yaml. */
export interface LaunchChoices {
  readonly region: string;
  /** Ids of the two zones. */
  readonly zones?: readonly string[];
  /** A VPC that exists, with two subnets. */
  readonly vpcId?: string;
  readonly subnets?: readonly string[];
  readonly certificateArn?: string;
  /** Whether the directory exists already. */
  readonly existingDirectory?: boolean;
}

/** What the small stacks of a configuration will ask of the account. */
export function wantedOfConfig(config: Config, choices: LaunchChoices): Wanted {
  const { region, zones = [], vpcId, subnets = [], certificateArn, existingDirectory = false } = choices;
  return {
    region,
    cluster: {
      name: config.cluster.name,
      groups: groupsOf(config).map(({ name, type, count, disk, trainingPlan = '', capacity = 'OnDemand' }) => ({
        ...{ name, type, count, disk, capacity },
        plan: trainingPlan,
      })),
    },
    before: undefined,
    zones,
    network:
      vpcId === undefined
        ? undefined
        : { vpcId, cidr: config.network.cidr, subnets: [subnets[0] ?? '', subnets[1] ?? ''] },
    makesRoutes: vpcId === undefined,
    addresses: vpcId === undefined ? 1 : 0,
    directory: { domain: config.directory.domain, isMade: !existingDirectory },
    certificateArn,
    admin: undefined,
  };
}
