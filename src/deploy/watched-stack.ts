import { type Diagnostic, error } from '../diagnostics/diagnostic.ts';
import { Refusal } from '../diagnostics/refusal.ts';
import { firstCauses } from './causes.ts';
import type { StackAction } from './events.ts';
import type { Stacks } from './stacks.ts';
import type { Talk } from './talk.ts';
import { type Watched, watchStack } from './watch.ts';

/** Who is told, and how often CloudFormation is asked. */
export type Listener = Pick<Talk, 'onEvent' | 'pause'>;

/** What is watched, and how it is called. */
export interface WhatToWatch {
  readonly name: string;
  readonly stackId: string;
  readonly action: StackAction;
  /** Whether an earlier run began it. */
  readonly adopted: boolean;
  readonly after: string | undefined;
  readonly hide: (text: string) => string;
}

/** Tells that something was begun for a stack, watches it to its end, well or not, and tells what happens without what is secret. */
export function watch(
  stacks: Stacks,
  { name, stackId, action, adopted, after, hide }: WhatToWatch,
  { onEvent, pause }: Listener,
): Promise<Watched> {
  onEvent({ event: 'started', stack: name, id: stackId, action, adopted });
  return watchStack(stacks, {
    ...{ stackId, after },
    ...(pause && { pause }),
    onEvent: (event) => onEvent(event.reason === undefined ? event : { ...event, reason: hide(event.reason) }),
    onTrouble: (why) => onEvent({ event: 'waiting', stack: name, why: hide(why) }),
  });
}

const WELL = /^(?:CREATE|UPDATE|DELETE|IMPORT)_COMPLETE$/;

/** Tells the first causes of a failure, and throws them as findings. @throws Refusal PL8503 */
export function throwIfFailed(
  { stack, events }: Watched,
  name: string,
  { onEvent }: Listener,
  hide: (text: string) => string,
): void {
  if (WELL.test(stack.status)) return;
  const causes = firstCauses(events).map((cause) => ({ ...cause, reason: hide(cause.reason) }));
  onEvent({ event: 'failed', stack: name, status: stack.status, causes });
  const found: readonly Diagnostic[] = causes.map(({ stack: of, resource, type, reason, next }) =>
    error({ code: 'PL8503', message: `${of}: ${resource} (${type}) failed: ${reason}`, hint: next }),
  );
  const words = hide(stack.reason) || 'CloudFormation says no more';
  const all = error({
    code: 'PL8503',
    message: `The stack ${name} ended as ${stack.status}: ${words}.`,
    hint: 'Look at its events in the console, and run the same command again.',
  });
  throw new Refusal(found.length > 0 ? found : [all]);
}
