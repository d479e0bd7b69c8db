import { ifParts, isNoValue, isObject, type JsonObject } from '../../document/intrinsics.ts';
import type { Json } from '../../document/template-document.ts';
import { type ConditionValues, outcomes } from '../model/conditions.ts';
import type { Model } from '../model/model.ts';

/** Above this many conditions in one object only those are told apart that decide which keys it has. */
const MAX_CONDITIONS = 4;

/** The sets of keys that an object can have, as its conditions turn out. */
export function keySets(model: Model, object: JsonObject, known: ConditionValues): readonly ReadonlySet<string>[] {
  const present = Object.keys(object).filter((key) => !isNoValue(object[key]!));
  const optional = optionalKeys(object);
  if (optional.size === 0) return [new Set(present)];
  return waysOfKeys(model, optional, known).map(
    (way) => new Set(present.filter((key) => isThere(optional.get(key), way))),
  );
}

/** What is known, and each way in which the conditions can turn out that decide which keys an object has. */
function waysOfKeys(model: Model, optional: OptionalKeys, known: ConditionValues): readonly ConditionValues[] {
  return ways(model, [...new Set([...optional.values()].map(([name]) => name))], known);
}

/** The same, with the conditions that decide what the values of the keys are. */
export function waysOf(model: Model, value: Json, known: ConditionValues): readonly ConditionValues[] {
  if (!isObject(value)) return [known];
  const names = new Set(Object.values(value).flatMap((item) => conditionsIn(item)));
  return names.size > MAX_CONDITIONS ? waysOfKeys(model, optionalKeys(value), known) : ways(model, [...names], known);
}

function ways(model: Model, names: readonly string[], known: ConditionValues): readonly ConditionValues[] {
  if (names.length === 0) return [known];
  return outcomes(model, names, known)?.map((way) => new Map([...known, ...way])) ?? [known];
}

/** The conditions of a value's Fn::If, and of those in its branches. */
function conditionsIn(value: Json): readonly string[] {
  const parts = ifParts(value);
  return parts ? [parts[0], ...conditionsIn(parts[1]), ...conditionsIn(parts[2])] : [];
}

/** The keys that are there only as a condition turns out, with the condition and the outcome. */
type OptionalKeys = ReadonlyMap<string, readonly [condition: string, outcome: boolean]>;

function optionalKeys(object: JsonObject): OptionalKeys {
  const optional = new Map<string, readonly [string, boolean]>();
  for (const key of Object.keys(object)) {
    const parts = ifParts(object[key]);
    if (!parts) continue;
    const [name, then, otherwise] = parts;
    if (isNoValue(then) !== isNoValue(otherwise)) optional.set(key, [name, isNoValue(otherwise)]);
  }
  return optional;
}

function isThere(condition: readonly [string, boolean] | undefined, way: ConditionValues): boolean {
  return condition === undefined || (way.get(condition[0]) ?? condition[1]) === condition[1];
}
