import type { StackEvent } from '@aws-sdk/client-cloudformation';
import type { Refusal } from '../diagnostics/refusal.ts';
import type { ResourceEvent } from './events.ts';
import { isUnderWay, mayPass, type StackNow, type Stacks } from './stacks.ts';

/** How a stack is watched. */
export interface Watch {
  /** The id of the stack: its name is free again once it is deleted. */
  readonly stackId: string;
  /** The newest event from before what is watched; without it the last thing that was begun is watched from its beginning. */
  readonly after?: string | undefined;
  /** Is told of each event, in the order in which they happened. */
  onEvent(event: ResourceEvent): void;
  /** Is told why nothing can be read at the moment. */
  onTrouble(why: string): void;
  /** Milliseconds until CloudFormation is asked again, after so many since the beginning. */
  readonly pause?: (elapsed: number) => number;
  /** How long nothing may be read before it is given up, in milliseconds. */
  readonly patience?: number;
}

/** A stack at its end, and all that happened. */
export interface Watched {
  readonly stack: StackNow;
  readonly events: readonly ResourceEvent[];
}

/** Ten minutes: a laptop that was closed for a while, a connection that was lost. */
const PATIENCE = 600_000;

/** Every second at first, later rarely: what is added to the time of a stack stays below 3 % of it. */
export function usualPause(elapsed: number): number {
  return Math.min(5000, Math.max(1000, elapsed * 0.03));
}

/** What begins something for a stack; a rollback does not. */
const BEGINS = /^(?:CREATE|UPDATE|DELETE|IMPORT)_IN_PROGRESS$/;

/**
 * Watches a stack, and all stacks nested in it, until nothing is under way. What may pass (throttling, a lost connection) is
 * waited for; credentials that have expired end it, and another run goes on.
 * @throws Refusal PL8501
 */
export async function watchStack(stacks: Stacks, watch: Watch): Promise<Watched> {
  const { stackId, onEvent, onTrouble, pause = usualPause, patience = PATIENCE } = watch;
  const begun = Date.now();
  const seen = new Set<string>();
  const events: ResourceEvent[] = [];
  const nested = new Set<string>();
  let since: Date | undefined;
  let answered = begun;

  async function look(): Promise<StackNow | undefined> {
    const stack = await stacks.describe(stackId);
    const own = await newEvents(stacks, stackId, (event) => event.EventId === watch.after || seen.has(event.EventId!), {
      toBegin: watch.after === undefined && since === undefined,
    });
    since ??= own[0]?.Timestamp;
    const found = own.map((event) => ({ event, isStack: event.PhysicalResourceId === stackId }));
    for (const { event } of found) noteNested(event);
    for (const id of nested) {
      const old = (event: StackEvent) => seen.has(event.EventId!) || (since !== undefined && event.Timestamp! < since);
      const below = await newEvents(stacks, id, old, { toBegin: false });
      for (const event of below) noteNested(event);
      found.push(...below.map((event) => ({ event, isStack: false })));
    }
    found.sort((a, b) => a.event.Timestamp!.getTime() - b.event.Timestamp!.getTime());
    for (const { event, isStack } of found) {
      seen.add(event.EventId!);
      const one = eventOf(event, isStack);
      events.push(one);
      onEvent(one);
    }
    return stack;
  }

  function noteNested({ ResourceType, PhysicalResourceId = '', StackId }: StackEvent): void {
    const isNested = ResourceType === 'AWS::CloudFormation::Stack' && PhysicalResourceId.startsWith('arn:');
    if (isNested && PhysicalResourceId !== StackId && PhysicalResourceId !== stackId) nested.add(PhysicalResourceId);
  }

  for (;;) {
    try {
      const stack = await look();
      answered = Date.now();
      if (stack && !isUnderWay(stack.status) && hasEnded(events, watch.after)) return { stack, events };
    } catch (thrown) {
      if (!mayPass(thrown) || Date.now() - answered > patience) throw thrown;
      onTrouble((thrown as Refusal).diagnostics[0]!.message);
    }
    await new Promise((waited) => setTimeout(waited, pause(Date.now() - begun)));
  }
}

/** Whether the end that the stack says is that of what is watched: right after its begin it may still say the old one. */
function hasEnded(events: readonly ResourceEvent[], after: string | undefined): boolean {
  const own = events.filter(({ isStack }) => isStack);
  if (after === undefined && own.length === 0) return true;
  const last = own.at(-1);
  return last !== undefined && !isUnderWay(last.status) && last.status !== 'REVIEW_IN_PROGRESS';
}

/** The newest event of a stack; undefined where there is none. */
export async function newestEvent(stacks: Stacks, stackId: string): Promise<string | undefined> {
  const [page] = await eventPages(stacks, stackId, () => true);
  return page?.[0]?.EventId;
}

/** Events that are not old, the oldest first. */
async function newEvents(
  stacks: Stacks,
  stackId: string,
  isOld: (event: StackEvent) => boolean,
  { toBegin }: { readonly toBegin: boolean },
): Promise<readonly StackEvent[]> {
  const begins = (event: StackEvent) =>
    toBegin && event.PhysicalResourceId === stackId && BEGINS.test(event.ResourceStatus ?? '');
  const pages = await eventPages(stacks, stackId, (page) => page.some((event) => isOld(event) || begins(event)));
  const all = pages.flat();
  const begin = all.findIndex(begins);
  const old = all.findIndex(isOld);
  const end = begin >= 0 ? begin + 1 : old >= 0 ? old : all.length;
  return all.slice(0, end).reverse();
}

/** Pages of a stack's events, the newest first, up to one that is enough. */
async function eventPages(
  { sdk, client, ask }: Stacks,
  stackId: string,
  isEnough: (page: readonly StackEvent[]) => boolean,
): Promise<readonly (readonly StackEvent[])[]> {
  const name = stackId.split('/')[1] ?? stackId;
  const question = {
    doing: `read the events of the stack ${name}`,
    stack: name,
    needs: 'cloudformation:DescribeStackEvents',
  };
  const pages: (readonly StackEvent[])[] = [];
  for (let NextToken: string | undefined; ; ) {
    const command = new sdk.DescribeStackEventsCommand({ StackName: stackId, NextToken });
    const { StackEvents = [], NextToken: next } = await ask(question, () => client.send(command));
    pages.push(StackEvents);
    if (next === undefined || isEnough(StackEvents)) return pages;
    NextToken = next;
  }
}

function eventOf(event: StackEvent, isStack: boolean): ResourceEvent {
  const {
    StackName = '',
    LogicalResourceId = '',
    ResourceType = '',
    ResourceStatus = '',
    ResourceStatusReason,
  } = event;
  return {
    event: 'resource',
    stack: StackName,
    id: LogicalResourceId,
    type: ResourceType,
    status: ResourceStatus,
    ...(ResourceStatusReason && { reason: ResourceStatusReason }),
    at: event.Timestamp!.toISOString(),
    isStack,
  };
}
