import { functionOf, isList, isObject, subVariables } from '../document/intrinsics.ts';
import type { Json } from '../document/template-document.ts';
import { freeVariables } from '../validate/model/references.ts';
import type { ValueChange } from './template-diff.ts';

/**
 * Whether a text that differs gives another value: `yes` for values that are written out, for another resource's Ref
 * and for another text around the same variables; `maybe` where a parameter, a mapping or a condition decides.
 * @param isResource whether a name is a resource's
 */
export function certainty(
  { path, before, after }: ValueChange,
  isResource: (name: string) => boolean,
): 'yes' | 'maybe' {
  if (path.some((step) => step === 'Fn::If' || step === 'Fn::FindInMap')) return 'maybe';
  // A change within a function's argument: what is around it is the same.
  if (path.at(-1) === 'Fn::Sub' && isSameButText(before, after)) return 'yes';
  const isRef = path.at(-1) === 'Ref' || path.at(-1) === 'Fn::GetAtt' || path.at(-2) === 'Fn::GetAtt';
  const isKnown = (value: Json | undefined) =>
    isRef && typeof value === 'string' ? isResource(value.split('.', 1)[0]!) : isWrittenOut(value, isResource);
  return isKnown(before) && isKnown(after) ? 'yes' : 'maybe';
}

/** Two texts of Fn::Sub with the same variables. */
function isSameButText(before: Json | undefined, after: Json | undefined): boolean {
  if (typeof before !== 'string' || typeof after !== 'string') return false;
  return subVariables(before).join() === subVariables(after).join();
}

/** Whether a value is known without parameters, mappings and conditions, or is another resource's. */
function isWrittenOut(value: Json | undefined, isResource: (name: string) => boolean): boolean {
  if (isList(value)) return value.every((item) => isWrittenOut(item, isResource));
  if (!isObject(value)) return true;
  const call = functionOf(value);
  if (call === undefined) return Object.values(value).every((inner) => isWrittenOut(inner, isResource));
  const { name, argument } = call;
  if (name === 'Ref') return typeof argument === 'string' && isResource(argument);
  if (name === 'Fn::GetAtt') return true;
  if (name === 'Fn::Sub') return freeVariables(argument).every((one) => isResource(one.split('.', 1)[0]!));
  return (name === 'Fn::Join' || name === 'Fn::Base64') && isWrittenOut(argument, isResource);
}
