import { openClient } from '../cloud/client.ts';
import type { AwsPlace } from '../cloud/place.ts';
import type { ClusterStatus, InstanceStatus } from './status.ts';

/** How the cluster is, and how many nodes of each group are in which state. Throws what SageMaker answers. */
export async function clusterStatus(ClusterName: string, place: AwsPlace): Promise<ClusterStatus> {
  const { sdk, client } = await openClient(
    { service: 'SageMaker', ...place },
    () => import('@aws-sdk/client-sagemaker'),
    ({ SageMakerClient }, settings) => new SageMakerClient(settings),
  );
  try {
    const cluster = await client.send(new sdk.DescribeClusterCommand({ ClusterName }));
    const nodes = new Map<string, Record<string, number>>();
    const instances: InstanceStatus[] = [];
    for await (const page of sdk.paginateListClusterNodes({ client }, { ClusterName }))
      for (const { InstanceGroupName: group = '', InstanceId: id = '', ...node } of page.ClusterNodeSummaries ?? []) {
        const states = nodes.get(group) ?? {};
        const state = node.InstanceStatus?.Status ?? 'unknown';
        nodes.set(group, { ...states, [state]: (states[state] ?? 0) + 1 });
        instances.push({ id, group, launchedAt: node.LaunchTime?.getTime() ?? 0 });
      }
    return {
      ...{ name: cluster.ClusterName ?? ClusterName, arn: cluster.ClusterArn ?? ClusterName, instances },
      status: cluster.ClusterStatus ?? 'unknown',
      failure: cluster.FailureMessage ?? '',
      groups: (cluster.InstanceGroups ?? []).map(({ InstanceGroupName = '', InstanceType = '', TargetCount = 0 }) => ({
        ...{ name: InstanceGroupName, type: InstanceType, wanted: TargetCount },
        nodes: nodes.get(InstanceGroupName) ?? {},
      })),
    };
  } finally {
    client.destroy();
  }
}
