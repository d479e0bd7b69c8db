import { IntrinsicFunction } from 'cloudform-types/types/dataTypes.js';
import { nameAndPayload } from './call.ts';
import { commentOf, why } from './comments.ts';
import type { Presence } from './conditions.ts';
import { rememberLike } from './frames.ts';

/** What is known of conditions at a place: by name, whether they are true there. */
type Known = Readonly<Record<string, boolean>>;

type Parts = ReadonlyMap<string, readonly string[]>;

const NO_PARTS: Parts = new Map();

/**
 * A value without the branches that are never taken where it is used: those of an Fn::If over a condition that is known
 * there, from the resource's own condition or an Fn::If around it. Parts ask for conditions without knowing of each other;
 * what one made is then within what another asked already. What nothing is known of comes back as it is.
 * @param presence when the value is used at all
 * @param parts the conditions that are all true where one of this name is
 */
export function takenBranches<T>(value: T, presence: Presence = true, parts: Parts = NO_PARTS): T {
  return taken(value, presence === true ? {} : where(presence.conditionName, parts), parts) as T;
}

/** What is known where a condition is true. */
function where(name: string, parts: Parts): Known {
  return Object.assign({ [name]: true }, ...(parts.get(name) ?? []).map((part) => where(part, parts)));
}

function taken(value: unknown, known: Known, parts: Parts): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => taken(item, known, parts));
    return items.some((item, index) => item !== value[index]) ? like(value, items) : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof IntrinsicFunction) {
    const [name, payload] = nameAndPayload(value);
    if (name === 'Fn::If') return takenOfIf(value, payload as Branches, known, parts);
    const inner = taken(payload, known, parts);
    return inner === payload ? value : like(value, new IntrinsicFunction(name, inner));
  }
  const keys = Object.keys(value);
  const before: readonly unknown[] = Object.values(value);
  const after = before.map((inner) => taken(inner, known, parts));
  if (after.every((inner, index) => inner === before[index])) return value;
  return like(value, Object.fromEntries(keys.map((key, index) => [key, after[index]])));
}

type Branches = readonly [condition: string, yes: unknown, no: unknown];

function takenOfIf(value: IntrinsicFunction, [condition, yes, no]: Branches, known: Known, parts: Parts): unknown {
  const is = known[condition];
  if (is !== undefined) return taken(is ? yes : no, known, parts);
  const left = taken(yes, { ...known, ...where(condition, parts) }, parts);
  const right = taken(no, { ...known, [condition]: false }, parts);
  if (left === yes && right === no) return value;
  return like(value, new IntrinsicFunction('Fn::If', [condition, left, right]));
}

/** A value in the place of another one: with its comment, and written where it was. */
function like(before: object, after: object): object {
  const comment = commentOf(before);
  rememberLike(after, before);
  return comment === undefined ? after : why(comment, after);
}
