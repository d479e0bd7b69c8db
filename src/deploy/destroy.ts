import { awsRefusal } from '../cloud/aws-refusal.ts';
import { refuse } from '../diagnostics/refusal.ts';
import { deleteStack } from './delete-stack.ts';
import type { DestroyPlan } from './destroy-plan.ts';
import { keptWords } from './kept.ts';
import type { KeptThing } from './remembered.ts';
import { type Removed, removeThing } from './remove-thing.ts';
import type { StackNow, Stacks } from './stacks.ts';
import type { Listener } from './watched-stack.ts';

/** Who is told, and how often AWS is asked. */
export interface DestroyTalk extends Listener {
  /** Is told what is still to be removed, after each thing that has gone: what a later run needs to know. */
  remember(kept: readonly KeptThing[]): void;
}

/** How long a thing may take to go, in milliseconds: a directory takes up to half an hour. */
const PATIENCE = 3_600_000;

/** Between two looks at things that are going, in milliseconds. */
const PAUSE = 10_000;

/**
 * Does what the plan says, step by step. Each step may be done again: another run goes on where this one stopped.
 * @throws Refusal PL8501, PL8503 with the first causes of a stack that could not be deleted, PL8514 for a thing that does not go
 */
export async function destroyByPlan(stacks: Stacks, { steps, kept }: DestroyPlan, talk: DestroyTalk): Promise<void> {
  // Known before the first stack goes: its resources cannot be asked for once it has gone.
  let left = [...kept, ...steps.flatMap((step) => (step.step === 'remove' ? step.things : []))];
  talk.remember(left);
  for (const step of steps) {
    if (step.step === 'delete') await deleteIfThere(stacks, step.stack, talk);
    else {
      await removeAll(step.things, stacks, talk, (gone) => {
        left = left.filter(({ id }) => id !== gone.id);
        talk.remember(left);
      });
    }
  }
}

async function deleteIfThere(stacks: Stacks, { name, id, isProtected }: StackNow, talk: DestroyTalk): Promise<void> {
  if (isProtected) throw protectedStack(name);
  const now = await stacks.describe(id);
  if (now === undefined || now.status === 'DELETE_COMPLETE') return;
  await deleteStack(stacks, now, talk, (text) => text);
  talk.onEvent({ event: 'done', stack: name, result: 'deleted', outputs: {} });
}

/** Removes things in their order: what is in another one goes before it. */
async function removeAll(
  things: readonly KeptThing[],
  { place }: Stacks,
  talk: DestroyTalk,
  onGone: (thing: KeptThing) => void,
): Promise<void> {
  const begun = Date.now();
  const pause = talk.pause ?? (() => PAUSE);
  let left = things;
  const said = new Map<string, Removed>();
  while (left.length > 0) {
    const next: KeptThing[] = [];
    for (const thing of left) {
      const is = await removeThing(thing, place).catch((thrown: unknown) => {
        throw awsRefusal('PL8514', thrown, place, {
          ...{
            doing: `remove ${thing.id}`,
            service: 'AWS',
            subject: thing.id,
            needs: `the right to delete ${thing.type}`,
          },
        });
      });
      if (said.get(thing.id) !== is)
        talk.onEvent({
          event: 'note',
          stack: '',
          text: `${WORDS[is]} ${keptWords(thing).split(':')[0]} (${thing.type})`,
        });
      said.set(thing.id, is);
      if (is === 'gone') onGone(thing);
      else next.push(thing);
    }
    left = next;
    if (left.length === 0) return;
    if (Date.now() - begun > PATIENCE) throw stays(left);
    await new Promise((waited) => setTimeout(waited, pause(Date.now() - begun)));
  }
}

const WORDS: Readonly<Record<Removed, string>> = {
  gone: 'Gone:',
  going: 'Is being removed:',
  held: 'Waits for what is in it:',
};

function stays(things: readonly KeptThing[]): Error {
  return refuse({
    code: 'PL8514',
    message: `After an hour these are still there: ${things.map(({ id }) => id).join(', ')}.`,
    hint: 'docs/clean-up.md lists what may be in them that podlaunch did not make. Then run the same command again.',
  });
}

function protectedStack(name: string): Error {
  return refuse({
    code: 'PL8515',
    message: `The stack ${name} has termination protection.`,
    hint: `Somebody wanted it to stay. To delete it all the same: aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${name}`,
  });
}
