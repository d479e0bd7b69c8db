import { deleteStack } from './delete-stack.ts';
import { nobodyAgrees, stuck } from './refusals.ts';
import { isUnderWay, type StackNow, type Stacks } from './stacks.ts';
import type { Talk } from './talk.ts';
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
    const begun = { name, stackId: stack.id, action, adopted: true, after: undefined, hide } as const;
    const watched = await watch(stacks, begun, talk);
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
  const { name } = stack;
  const text = `The stack ${name} failed when it was made, and was rolled back. It is deleted and made again.`;
  if (talk.confirm === undefined) throw nobodyAgrees(name);
  talk.onEvent({ event: 'note', stack: name, text });
  if (!(await talk.confirm(`Delete what is left of ${name}?`))) throw stuck(stack);
  await deleteStack(stacks, stack, talk, hide);
  return undefined;
}
