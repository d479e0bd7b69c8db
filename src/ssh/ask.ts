import { openClient } from '../cloud/client.ts';
import { awsWords } from '../cloud/error-words.ts';
import { awsFailure } from '../cloud/errors.ts';
import { refuse } from '../diagnostics/refusal.ts';
import type { LoginNode } from './entries.ts';

/** Where is asked. */
export interface SshPlace {
  readonly region: string;
  readonly endpointUrl?: string | undefined;
}

/** A stack as far as it is asked. */
export interface AskedStack {
  /** `arn:PARTITION:cloudformation:REGION:ACCOUNT:stack/…` */
  readonly id: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** A stack with its outputs. @throws Refusal PL9301 as CloudFormation refuses */
export async function askStack(stack: string, place: SshPlace): Promise<AskedStack> {
  const { sdk, client } = await openClient(
    { service: 'CloudFormation', ...given(place) },
    () => import('@aws-sdk/client-cloudformation'),
    ({ CloudFormationClient }, settings) => new CloudFormationClient(settings),
  );
  try {
    const { Stacks } = await client.send(new sdk.DescribeStacksCommand({ StackName: stack }));
    const { StackId: id = '', Outputs = [] } = Stacks?.[0] ?? {};
    const outputs = Outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]);
    return { id, outputs: Object.fromEntries(outputs) };
  } catch (thrown) {
    const needs = 'cloudformation:DescribeStacks on the stack';
    throw refused('PL9301', 'CloudFormation', thrown, place, {
      doing: `read the stack ${stack}`,
      subject: `the stack ${stack}`,
      needs,
    });
  } finally {
    client.destroy();
  }
}

/** The nodes of a group that run, with their addresses if wanted. @throws Refusal PL9303 as SageMaker refuses */
export async function loginNodes(
  cluster: string,
  group: string,
  place: SshPlace,
  withAddresses: boolean,
): Promise<readonly LoginNode[]> {
  const { sdk, client } = await openClient(
    { service: 'SageMaker', ...given(place) },
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
    const needs = 'sagemaker:ListClusterNodes and sagemaker:DescribeClusterNode on the cluster';
    throw refused('PL9303', 'SageMaker', thrown, place, {
      doing: 'list the nodes',
      subject: `the cluster ${cluster}`,
      needs,
    });
  } finally {
    client.destroy();
  }
}

function given({ region, endpointUrl }: SshPlace) {
  return { region, ...(endpointUrl !== undefined && { endpointUrl }) };
}

interface Asked {
  readonly doing: string;
  readonly subject: string;
  readonly needs: string;
}

function refused(
  code: string,
  service: string,
  thrown: unknown,
  place: SshPlace,
  { doing, subject, needs }: Asked,
): Error {
  const failure = awsFailure(thrown);
  const words = awsWords(failure, { service, at: place.endpointUrl ?? place.region, subject, needs });
  return refuse({ code, message: `Could not ${doing}: ${words.message}`, hint: words.hint });
}
