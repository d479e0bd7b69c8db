import { chooseRegion } from '../cloud/region.ts';
import type { Config } from '../config/config.ts';
import { resourcesOf } from '../deploy/resources.ts';
import { openStacks } from '../deploy/stacks.ts';
import { type LogGroup, readLogs } from '../logs/read-logs.ts';
import { projectStacks } from './deploy-order.ts';

/** Whose logs are read. */
export interface LogsOptions {
  /** Stacks are called `STACKNAME-STACK`. Default: the project's name. */
  readonly stackName?: string;
  readonly region?: string;
  readonly endpointUrl?: string;
  /** From when on, in milliseconds since 1970. */
  readonly since: number;
  /** Only groups that have this in their name. */
  readonly group?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Reads the logs of the functions of a project's stacks, and of the lifecycle scripts of its cluster's nodes; of a cluster
 * whose creation failed too, by its name.
 * @throws Refusal PL8501, PL8601
 */
export async function logs(config: Config, options: LogsOptions): Promise<readonly LogGroup[]> {
  const { stackName: project = config.project.name, endpointUrl, since, group = '' } = options;
  const place = { region: chooseRegion(options.region, options.env), endpointUrl };
  const stacks = await openStacks(place);
  try {
    const all = await projectStacks(stacks, project);
    const resources = (await Promise.all(all.map(({ id }) => resourcesOf(stacks, id)))).flat();
    const groups = resources.filter(({ type }) => type === 'AWS::Logs::LogGroup').map(({ physicalId }) => physicalId);
    const clusters = new Set(all.flatMap(({ parameters: { ClusterName } }) => ClusterName ?? []));
    const prefixes = (clusters.size > 0 ? [...clusters] : [config.cluster.name]).map(
      (name) => `/aws/sagemaker/Clusters/${name}/`,
    );
    const found = await readLogs({ groups: groups.filter((name) => name !== ''), prefixes, since }, place);
    return found.filter(({ name }) => name.includes(group));
  } finally {
    stacks.close();
  }
}
