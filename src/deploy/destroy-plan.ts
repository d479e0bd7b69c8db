import { awsRefusal } from '../cloud/aws-refusal.ts';
import type { AwsPlace } from '../cloud/place.ts';
import { readTemplate } from '../document/read/read-template.ts';
import { isInNetwork, keptThings, keptWords, REMOVABLE, removalOrder, snapshots } from './kept.ts';
import type { KeptThing } from './remembered.ts';
import { subnetsOf } from './remove-thing.ts';
import { resourcesOf } from './resources.ts';
import type { StackNow, Stacks } from './stacks.ts';

const SUBNET = 'AWS::EC2::Subnet';

/** What is done, step by step. */
export type DestroyStep =
  | { readonly step: 'delete'; readonly stack: StackNow }
  /** Waits until all of these are gone. */
  | { readonly step: 'remove'; readonly things: readonly KeptThing[] };

/** What destroying a project does. */
export interface DestroyPlan {
  readonly steps: readonly DestroyStep[];
  /** What stays, and whether it costs on, in sentences. */
  readonly stays: readonly string[];
  /** What a later run with --data removes. */
  readonly kept: readonly KeptThing[];
}

/**
 * Plans which stacks go, in the order opposite to that in which they were made, and what stays. A stack whose subnets have
 * something in them that stays cannot go: it stays too. With `data` what stacks keep goes as well, as soon as nothing
 * needs it any more.
 * @param all stacks of the project, in the order in which they were made
 * @param before what earlier runs left
 * @throws Refusal PL8501, PL8514 for a thing that cannot be looked at
 */
export async function planDestroy(
  stacks: Stacks,
  all: readonly StackNow[],
  before: readonly KeptThing[],
  data: boolean,
): Promise<DestroyPlan> {
  const steps: DestroyStep[] = [];
  const stays: string[] = [];
  let kept: readonly KeptThing[] = before;
  for (const stack of all.toReversed()) {
    const resources = await resourcesOf(stacks, stack.id);
    const template = await templateOf(stacks, stack.name);
    // What an earlier run remembered of a stack that is still there is counted once.
    const own = keptThings(template, resources).filter(({ id }) => !kept.some((thing) => thing.id === id));
    for (const id of snapshots(template, resources))
      stays.push(`a last snapshot of ${id}: costs a little every month (aws rds describe-db-snapshots)`);
    const stayed = [...kept, ...own];
    const goes = resources.filter((one) => one.type === SUBNET && !stayed.some(({ id }) => id === one.physicalId));
    const subnets = goes.map(({ physicalId }) => physicalId);
    const inTheWay = await thingsIn(subnets, stayed, stacks.place);
    if (inTheWay.length > 0 && !data) {
      stays.push(
        `the stack ${stack.name}, because ${inTheWay.map(({ id }) => id).join(' and ')} need its subnets: its NAT gateway costs every hour`,
      );
      kept = stayed;
      continue;
    }
    // What is in its subnets goes first, the file system of this very stack among it.
    if (inTheWay.length > 0) steps.push({ step: 'remove', things: removalOrder(inTheWay) });
    steps.push({ step: 'delete', stack });
    kept = stayed.filter((thing) => !inTheWay.includes(thing));
  }
  const removable = kept.filter(({ type }) => REMOVABLE.includes(type));
  if (data && removable.length > 0) steps.push({ step: 'remove', things: removalOrder(removable) });
  const left = data ? kept.filter((thing) => !removable.includes(thing)) : kept;
  return { steps, stays: [...removalOrder(left).map(keptWords), ...stays], kept: removalOrder(left) };
}

/** Which things are in the subnets. A stack that keeps its data keeps their subnets too, and lets go of the others. */
async function thingsIn(
  subnets: readonly string[],
  things: readonly KeptThing[],
  place: AwsPlace,
): Promise<readonly KeptThing[]> {
  if (subnets.length === 0) return [];
  const asked = things.filter(isInNetwork).map(async (thing) => {
    const own = await subnetsOf(thing, place).catch((thrown: unknown) => {
      throw awsRefusal('PL8514', thrown, place, {
        ...{ doing: `look which subnets ${thing.id} is in`, service: 'AWS', subject: thing.id },
        needs: `the right to describe ${thing.type}`,
      });
    });
    return own.some((subnet) => subnets.includes(subnet)) ? [thing] : [];
  });
  return (await Promise.all(asked)).flat();
}

async function templateOf({ sdk, client, ask }: Stacks, stack: string) {
  const question = { doing: `read the template of the stack ${stack}`, stack, needs: 'cloudformation:GetTemplate' };
  const command = new sdk.GetTemplateCommand({ StackName: stack, TemplateStage: 'Processed' });
  const { TemplateBody = '' } = await ask(question, () => client.send(command));
  return readTemplate(TemplateBody, stack).value;
}
