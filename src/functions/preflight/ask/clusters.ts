import { DescribeClusterCommand, paginateListClusters } from '@aws-sdk/client-sagemaker';
import type { Clients } from '../clients.ts';

/** A cluster of the account. */
export interface Cluster {
  readonly name: string;
  readonly groups: readonly {
    readonly type: string;
    /** What it has or is to have, whichever is more. */
    readonly count: number;
    readonly capacity: 'OnDemand' | 'Spot';
  }[];
}

/** All HyperPod clusters of account and region, with what they use. */
export async function askClusters({ sageMaker }: Clients, stop: AbortSignal): Promise<readonly Cluster[]> {
  const names: string[] = [];
  const config = { client: sageMaker, pageSize: 100 };
  for await (const { ClusterSummaries = [] } of paginateListClusters(config, {}, { abortSignal: stop })) {
    names.push(...ClusterSummaries.map(({ ClusterName = '' }) => ClusterName));
  }
  const all = await Promise.all(names.map((name) => describe(name)));
  return all.filter((cluster) => cluster !== undefined);

  async function describe(name: string): Promise<Cluster | undefined> {
    try {
      const command = new DescribeClusterCommand({ ClusterName: name });
      const { InstanceGroups = [] } = await sageMaker.send(command, { abortSignal: stop });
      const groups = InstanceGroups.map(({ InstanceType = '', CurrentCount = 0, TargetCount = 0, ...group }) => ({
        type: InstanceType,
        count: Math.max(CurrentCount, TargetCount),
        capacity: group.CapacityRequirements?.Spot ? ('Spot' as const) : ('OnDemand' as const),
      }));
      return { name, groups };
    } catch (thrown) {
      // It went in between.
      if (/ResourceNotFound/.test((thrown as Error).name)) return undefined;
      throw thrown;
    }
  }
}
