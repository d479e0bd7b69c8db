import { awsRefusal } from '../cloud/aws-refusal.ts';
import { openClient } from '../cloud/client.ts';
import { askCloudFormation } from '../cloud/cloudformation.ts';
import type { AwsPlace } from '../cloud/place.ts';
import type { LoginNode } from './entries.ts';

/** A stack as far as it is asked. */
export interface AskedStack {
  /** `arn:PARTITION:cloudformation:REGION:ACCOUNT:stack/…` */
  readonly id: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** A stack with its outputs. @throws Refusal PL9301 as CloudFormation refuses */
export async function askStack(stack: string, place: AwsPlace): Promise<AskedStack> {
  return askCloudFormation(place, async (client, sdk) => {
    const { Stacks } = await client.send(new sdk.DescribeStacksCommand({ StackName: stack }));
    const { StackId: id = '', Outputs = [] } = Stacks?.[0] ?? {};
    const outputs = Outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]);
    return { id, outputs: Object.fromEntries(outputs) };
  }).catch((thrown: unknown) => {
    throw awsRefusal('PL9301', thrown, place, {
      doing: `read the stack ${stack}`,
      service: 'CloudFormation',
      subject: `the stack ${stack}`,
      needs: 'cloudformation:DescribeStacks on the stack',
    });
  });
}

/** The nodes of a group that run, with their addresses if wanted. @throws Refusal PL9303 as SageMaker refuses */
export async function loginNodes(
  cluster: string,
  group: string,
  place: AwsPlace,
  withAddresses: boolean,
): Promise<readonly LoginNode[]> {
  const { sdk, client } = await openClient(
    { service: 'SageMaker', region: place.region, endpointUrl: place.endpointUrl },
    () => import('@aws-sdk/client-sagemaker'),
    ({ SageMakerClient }, settings) => new SageMakerClient(settings),
  );
  try {
    const nodes: LoginNode[] = [];
    const asked = { ClusterName: cluster, InstanceGroupNameContains: group };
    for await (const page of sdk.paginateListClusterNodes({ client }, asked)) {
      for (const { InstanceGroupName, InstanceId, InstanceStatus } of page.ClusterNodeSummaries ?? []) {
        if (InstanceGroupName !== group || InstanceId === undefined || InstanceStatus?.Status !== 'Running') continue;
        nodes.push({ group, instanceId: InstanceId });
      }
    }
    const sorted = nodes.sort((a, b) => (a.instanceId < b.instanceId ? -1 : 1));
    if (!withAddresses) return sorted;
    return await Promise.all(
      sorted.map(async (node) => {
        const one = new sdk.DescribeClusterNodeCommand({ ClusterName: cluster, NodeId: node.instanceId });
        return { ...node, address: (await client.send(one)).NodeDetails?.PrivatePrimaryIp };
      }),
    );
  } catch (thrown) {
    throw awsRefusal('PL9303', thrown, place, {
      doing: 'list the nodes',
      service: 'SageMaker',
      subject: `the cluster ${cluster}`,
      needs: 'sagemaker:ListClusterNodes and sagemaker:DescribeClusterNode on the cluster',
    });
  } finally {
    client.destroy();
  }
}
