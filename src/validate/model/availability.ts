import type { Path } from '../../diagnostics/diagnostic.ts';
import { isList, isObject } from '../../document/intrinsics.ts';
import type { Json } from '../../document/template-document.ts';
import { type ConditionValues, outcomes } from './conditions.ts';
import { type Model, objectAt } from './model.ts';

/** The condition of a resource, where it can be false at a place that needs the resource. */
export function missingWhen(model: Model, target: string, path: Path): string | undefined {
  const { Condition: condition } = objectAt(model.resources, target);
  if (typeof condition !== 'string') return undefined;
  const known = knownAt(model, path);
  const ways = known && outcomes(model, [condition], known);
  return ways?.some((way) => way.get(condition) === false) ? condition : undefined;
}

/**
 * What is known of conditions at a place: that of the resource or output, and those of the Fn::If around it. Undefined where
 * one of them would have to be true and false: nothing there is ever used.
 */
export function knownAt({ root }: Pick<Model, 'root'>, path: Path): ConditionValues | undefined {
  const known = new Map<string, boolean>();
  let value: Json | undefined = root;
  for (const [depth, key] of path.entries()) {
    value = (value as { readonly [key: string | number]: Json } | undefined)?.[key];
    const condition = depth === 1 && isObject(value) ? value['Condition'] : undefined;
    if (typeof condition === 'string') known.set(condition, true);
    const branch = path[depth + 1];
    if (key !== 'Fn::If' || !isList(value) || typeof value[0] !== 'string' || (branch !== 1 && branch !== 2)) continue;
    if (known.get(value[0]) === (branch === 2)) return undefined;
    known.set(value[0], branch === 1);
  }
  return known;
}
