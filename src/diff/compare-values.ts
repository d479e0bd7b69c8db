import type { Path } from '../diagnostics/diagnostic.ts';
import { functionOf, isList, isObject, textOf } from '../document/intrinsics.ts';
import type { Json } from '../document/template-document.ts';
import type { ValueChange } from './template-diff.ts';

/** Whether two values are the same to CloudFormation: `5` is `"5"`, and keys have no order. */
export function isSame(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b || a === undefined || b === undefined) return a === b;
  if (isList(a)) return isList(b) && a.length === b.length && a.every((item, index) => isSame(item, b[index]));
  if (isObject(a)) {
    if (!isObject(b)) return false;
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]))
    );
  }
  return !isList(b) && !isObject(b) && textOf(a) === textOf(b);
}

/**
 * Where two values differ, as deep as both have the same shape: a key of a mapping, an entry of a list of the same
 * length. A list that grew or shrank, and an intrinsic function in place of another, are one change.
 */
export function changesBetween(before: Json | undefined, after: Json | undefined, path: Path = []): ValueChange[] {
  if (isSame(before, after)) return [];
  const whole = [{ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }];
  if (isList(before) && isList(after)) {
    if (before.length !== after.length) return whole;
    return before.flatMap((item, index) => changesBetween(item, after[index], [...path, index]));
  }
  if (!isObject(before) || !isObject(after) || functionOf(before)?.name !== functionOf(after)?.name) return whole;
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => changesBetween(own(before, key), own(after, key), [...path, key]));
}

function own(object: { readonly [key: string]: Json }, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
