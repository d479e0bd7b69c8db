import type { StackNow, Stacks } from './stacks.ts';
import { newestEvent } from './watch.ts';
import { type Listener, throwIfFailed, watch } from './watched-stack.ts';

/** Tells CloudFormation to delete a stack. @throws Refusal PL8501 */
export async function beginDelete({ sdk, client, ask }: Stacks, { name, id }: StackNow): Promise<void> {
  const question = { doing: `delete the stack ${name}`, stack: name, needs: 'cloudformation:DeleteStack' };
  await ask(question, () => client.send(new sdk.DeleteStackCommand({ StackName: id })));
}

/**
 * Deletes a stack and watches it to its end; one that is being deleted already is only watched.
 * @throws Refusal PL8501, PL8503 with the first causes where it could not be deleted
 */
export async function deleteStack(
  stacks: Stacks,
  stack: StackNow,
  listener: Listener,
  hide: (text: string) => string,
): Promise<void> {
  const { name, id } = stack;
  const adopted = stack.status === 'DELETE_IN_PROGRESS';
  const after = adopted ? undefined : await newestEvent(stacks, id);
  if (!adopted) await beginDelete(stacks, stack);
  const watched = await watch(stacks, { name, stackId: id, action: 'delete', adopted, after, hide }, listener);
  throwIfFailed(watched, name, listener, hide);
}
