import { type FunctionCall, functionOf, isList, isObject, subVariables } from '../../document/intrinsics.ts';
import type { Json } from '../../document/template-document.ts';
import { memo } from './memo.ts';
import type { Model } from './model.ts';

/** The names that a template uses, by the section that declares them. */
export interface UsedNames {
  /** `all` where a name is computed, so that any may be meant. */
  readonly Parameters: ReadonlySet<string> | 'all';
  readonly Conditions: ReadonlySet<string>;
  readonly Mappings: ReadonlySet<string> | 'all';
}

const NAMES_A_PARAMETER: ReadonlySet<string> = new Set(['Ref', 'Fn::RefAll', 'Fn::ValueOf', 'Fn::ValueOfAll']);

/** The functions in a value. */
function callsWithin(value: Json): readonly FunctionCall[] {
  if (isList(value)) return value.flatMap(callsWithin);
  const call = functionOf(value);
  return call ? [call, ...callsWithin(call.argument)] : [];
}

/** Collects the names of parameters, conditions and mappings that something in the template uses. */
export const usedNames: (model: Model) => UsedNames = memo(({ calls, collections, resources, outputs }) => {
  const refs = new Set<string>();
  const conditions = new Set<string>();
  const mappings = new Set<string>();
  let anyMapping = false;
  let anyRef = false;
  for (const { name, argument } of [...calls, ...collections.flatMap(callsWithin)]) {
    const first = isList(argument) ? argument[0] : argument;
    if (name === 'Fn::FindInMap' && typeof first !== 'string') anyMapping = true;
    if (name === 'Ref' && isObject(first)) anyRef = true;
    if (typeof first !== 'string') continue;
    if (NAMES_A_PARAMETER.has(name)) refs.add(first);
    if (name === 'Fn::Sub') for (const variable of subVariables(first)) refs.add(variable);
    if (name === 'Fn::If' || name === 'Condition') conditions.add(first);
    if (name === 'Fn::FindInMap') mappings.add(first);
  }
  for (const entry of [...Object.values(resources), ...Object.values(outputs)]) {
    const condition = isObject(entry) ? entry['Condition'] : undefined;
    if (typeof condition === 'string') conditions.add(condition);
  }
  return { Parameters: anyRef ? 'all' : refs, Conditions: conditions, Mappings: anyMapping ? 'all' : mappings };
});
