import { nobodyAgrees, stuck } from './refusals.ts';
import { isUnderWay, type StackNow, type Stacks } from './stacks.ts';
import type { Talk } from './talk.ts';
import { newestEvent } from './watch.ts';
import { throwIfFailed, watch } from './watched-stack.ts';

/** The stack when nothing is under way for it; what an earlier run began is watched, and what failed at once is made anew. */
export async function settled(
  stacks: Stacks,
  name: string,
  talk: Talk,
  hide: (text: string) => string,
): Promise<StackNow | undefined> {
  let stack = await stacks.describe(name);
  if (stack && isUnderWay(stack.status)) {
    const action = /^(CREATE|ROLLBACK)/.test(stack.status)
      ? 'create'
      : stack.status.startsWith('DELETE')
        ? 'delete'
        : 'update';
    talk.onEvent({ event: 'started', stack: name, id: stack.id, action, adopted: true });
    const watched = await watch(stacks, { name, stackId: stack.id, after: undefined, hide }, talk);
    if (action !== 'delete') throwIfFailed(watched, name, talk, hide);
    stack = await stacks.describe(name);
  }
  if (stack === undefined || stack.status === 'DELETE_COMPLETE') return undefined;
  if (stack.status === 'ROLLBACK_COMPLETE') return againFromNothing(stacks, stack, talk, hide);
  if (
    /^(?:CREATE_COMPLETE|UPDATE_COMPLETE|UPDATE_ROLLBACK_COMPLETE|IMPORT_COMPLETE|IMPORT_ROLLBACK_COMPLETE|REVIEW_IN_PROGRESS)$/.test(
      stack.status,
    )
  )
    return stack;
  throw stuck(stack);
}

/** A stack whose creation was rolled back can only be deleted; nothing is in it but what could not be. */
async function againFromNothing(
  stacks: Stacks,
  stack: StackNow,
  talk: Talk,
  hide: (text: string) => string,
): Promise<undefined> {
  const { name, id } = stack;
  const text = `The stack ${name} failed when it was made, and was rolled back. It is deleted and made again.`;
  if (talk.confirm === undefined) throw nobodyAgrees(name);
  talk.onEvent({ event: 'note', stack: name, text });
  if (!(await talk.confirm(`Delete what is left of ${name}?`))) throw stuck(stack);
  const after = await newestEvent(stacks, id);
  const question = { doing: `delete the stack ${name}`, stack: name, needs: 'cloudformation:DeleteStack' };
  await stacks.ask(question, () => stacks.client.send(new stacks.sdk.DeleteStackCommand({ StackName: id })));
  talk.onEvent({ event: 'started', stack: name, id, action: 'delete', adopted: false });
  const watched = await watch(stacks, { name, stackId: id, after, hide }, talk);
  throwIfFailed(watched, name, talk, hide);
  return undefined;
}
