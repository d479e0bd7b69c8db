import { type ConditionValues, outcomes } from './conditions.ts';
import type { Model } from './model.ts';

/** Whether what is there under some outcomes of conditions and what is there under others can be there together. */
export function together(model: Model, one: ConditionValues, other: ConditionValues): boolean {
  if (one.size === 0 && other.size === 0) return true;
  for (const [name, value] of one) if (other.has(name) && other.get(name) !== value) return false;
  const ways = outcomes(model, [], new Map([...one, ...other]));
  // Where that cannot be worked out, nothing is claimed.
  return ways !== undefined && ways.length > 0;
}
