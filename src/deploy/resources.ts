import type { Stacks } from './stacks.ts';

/** A resource of a stack that is there. */
export interface StackResource {
  readonly id: string;
  readonly type: string;
  /** Empty where there is none yet. */
  readonly physicalId: string;
  readonly status: string;
}

/** The resources of a stack, by name or id, those that were deleted not among them. @throws Refusal PL8501 */
export async function resourcesOf({ sdk, client, ask }: Stacks, stack: string): Promise<readonly StackResource[]> {
  const question = {
    doing: `list the resources of the stack ${stack}`,
    ...{ stack, needs: 'cloudformation:ListStackResources' },
  };
  const found: StackResource[] = [];
  for (let NextToken: string | undefined; ; ) {
    const command = new sdk.ListStackResourcesCommand({ StackName: stack, NextToken });
    const page = await ask(question, () => client.send(command));
    for (const { LogicalResourceId, ResourceType, PhysicalResourceId, ResourceStatus } of page.StackResourceSummaries ??
      []) {
      if (ResourceStatus === 'DELETE_COMPLETE') continue;
      found.push({
        id: LogicalResourceId ?? '',
        type: ResourceType ?? '',
        physicalId: PhysicalResourceId ?? '',
        status: ResourceStatus ?? '',
      });
    }
    if (page.NextToken === undefined) return found;
    NextToken = page.NextToken;
  }
}
