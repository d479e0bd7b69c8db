import type { StackNow, Stacks } from '../deploy/stacks.ts';
import type { DriftedResource, StackStatus } from './status.ts';

/** How often CloudFormation is asked whether it has looked at everything, in milliseconds. */
const PAUSE = 2000;

/** How a stack is, as far as CloudFormation says it at once. */
export function statusOfStack({ name, status, parameters, outputs, changedAt }: StackNow): StackStatus {
  // A template that copies no scripts has no such parameter, but its link to the next stack leads into its own release.
  const [, linked] = /releases(?:%2F|\/)([^/%]+)(?:%2F|\/)templates/.exec(outputs['NextLink'] ?? '') ?? [];
  return { name, status, version: versionOf(parameters) ?? linked, changedAt };
}

/** The version of the release that a stack was made of: the last folder of the prefix that is compiled in. */
export function versionOf({ ReleaseKeyPrefix = '' }: StackNow['parameters']): string | undefined {
  return /(?:^|\/)releases\/([^/]+)\/$/.exec(ReleaseKeyPrefix)?.[1];
}

/** Has CloudFormation compare the stack with its template, which takes some minutes. @throws Refusal PL8501 */
export async function driftOf({ sdk, client, ask }: Stacks, stack: string): Promise<readonly DriftedResource[]> {
  const question = { doing: `detect drift of the stack ${stack}`, stack, needs: 'cloudformation:DetectStackDrift' };
  const begin = () => client.send(new sdk.DetectStackDriftCommand({ StackName: stack }));
  const { StackDriftDetectionId } = await ask(question, begin);
  for (;;) {
    const look = new sdk.DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId });
    const { DetectionStatus, DetectionStatusReason } = await ask(question, () => client.send(look));
    if (DetectionStatus === 'DETECTION_FAILED') throw new Error(DetectionStatusReason ?? 'the detection failed');
    if (DetectionStatus !== 'DETECTION_IN_PROGRESS') break;
    await new Promise((waited) => setTimeout(waited, PAUSE));
  }
  const found: DriftedResource[] = [];
  for (let NextToken: string | undefined; ; ) {
    const command = new sdk.DescribeStackResourceDriftsCommand({
      StackName: stack,
      StackResourceDriftStatusFilters: ['MODIFIED', 'DELETED'],
      NextToken,
    });
    const page = await ask(question, () => client.send(command));
    for (const { LogicalResourceId = '', ResourceType = '', StackResourceDriftStatus } of page.StackResourceDrifts ??
      [])
      found.push({
        id: LogicalResourceId,
        type: ResourceType,
        is: StackResourceDriftStatus === 'DELETED' ? 'deleted' : 'changed',
      });
    if (page.NextToken === undefined) return found;
    NextToken = page.NextToken;
  }
}
