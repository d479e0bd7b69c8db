import type { Cause, ResourceEvent } from './events.ts';
import { nextStep } from './next-step.ts';

/** What CloudFormation says of a resource that it stopped because another one had failed. */
const CANCELLED = /^Resource (?:creation|update|deletion|import) cancelled/i;

/** What it says of a nested stack, and of the stack itself, whose own resources have the cause. */
const ANOTHERS =
  /^(?:The following resource\(s\) failed|Embedded stack .* (?:was not|were not|failed)|Nested stack .* failed)/i;

/**
 * What failed first, in the order of time: not what was cancelled for it, not what failed while it was rolled back, and not
 * a stack for one of its resources.
 * @param events of one run, in the order in which they happened
 */
export function firstCauses(events: readonly ResourceEvent[]): readonly Cause[] {
  const failed = events.filter(({ status, reason = '' }) => status.endsWith('_FAILED') && !CANCELLED.test(reason));
  const own = failed.filter(({ isStack, reason = '' }) => !isStack && !ANOTHERS.test(reason));
  const rollback = events.findIndex(({ isStack, status }) => isStack && /ROLLBACK_IN_PROGRESS$/.test(status));
  const before = rollback < 0 ? own : own.filter((event) => events.indexOf(event) < rollback);
  const counted = before.length > 0 ? before : own.length > 0 ? own : failed;
  const seen = new Set<string>();
  return counted.flatMap((event) => {
    const { stack, id, type, reason = '' } = event;
    const key = `${stack}/${id}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ stack, resource: id, type, reason: reason || event.status, next: nextStep(event) }];
  });
}
