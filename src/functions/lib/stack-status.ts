import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { retry } from './retry.ts';

/** The stack is being deleted, or its creation rolled back. In any other state only the resource goes, and the bucket stays in use. */
const GOING = ['DELETE_IN_PROGRESS', 'ROLLBACK_IN_PROGRESS'];

/** Whether the stack itself goes. */
export async function isStackGoing(stackId: string, stop: AbortSignal): Promise<boolean> {
  return GOING.includes(await stackStatus(stackId, stop));
}

/** Whether the stack is there and stays. */
export async function isStackThere(stackId: string, stop: AbortSignal): Promise<boolean> {
  const gone = [...GOING, 'DELETE_COMPLETE', 'ROLLBACK_COMPLETE'];
  return !gone.includes(await stackStatus(stackId, stop));
}

/** Whether an update of the stack is being rolled back. */
export async function isUpdateRolledBack(stackId: string, stop: AbortSignal): Promise<boolean> {
  return (await stackStatus(stackId, stop)) === 'UPDATE_ROLLBACK_IN_PROGRESS';
}

async function stackStatus(stackId: string, stop: AbortSignal): Promise<string> {
  const cloudFormation = new CloudFormationClient({});
  const { Stacks } = await retry(stop, () =>
    cloudFormation.send(new DescribeStacksCommand({ StackName: stackId }), { abortSignal: stop }),
  );
  return Stacks?.[0]?.StackStatus ?? '';
}
