import type { Path } from '../../diagnostics/diagnostic.ts';
import { CONDITION_FUNCTIONS, functionOf, has, isList, isObject, subVariables } from '../../document/intrinsics.ts';
import type { Json } from '../../document/template-document.ts';
import type { Finding } from '../model/finding.ts';
import type { Model } from '../model/model.ts';
import { didYouMean } from '../model/shape.ts';

/** The functions that may stand within a condition's Fn::Equals, and in each other there. */
const VALUES: readonly string[] = ['Ref', 'Fn::FindInMap', 'Fn::Sub', 'Fn::Join', 'Fn::Select', 'Fn::Split'];
const WITH_EXTENSIONS: readonly string[] = [...VALUES, 'Fn::Length', 'Fn::ToJsonString'];

/** The id of a fault in what a function of conditions is given. */
const CODES: Readonly<Record<string, string>> = { 'Fn::And': 'E8004', 'Fn::Not': 'E8005', 'Fn::Or': 'E8006' };

/**
 * What conditions are made of
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-conditions.html):
 * Fn::And, Fn::Or, Fn::Not and Fn::Equals over parameters. There are no resources yet when they are worked out.
 */
export function* conditionExpressions({ conditions, resources, hasMacros }: Model): Generator<Finding> {
  if (hasMacros) return;
  for (const [name, condition] of Object.entries(conditions)) yield* truth(condition, ['Conditions', name], 'E8001');

  function* truth(value: Json, path: Path, code: string): Generator<Finding> {
    if (typeof value === 'boolean') return;
    const [name, ...others] = isObject(value) ? Object.keys(value) : [];
    if (name === undefined || others.length > 0 || !CONDITION_FUNCTIONS.has(name)) {
      const hint = name === undefined ? undefined : didYouMean(name, CONDITION_FUNCTIONS);
      const message = 'Here must stand a condition: one of Fn::And, Fn::Or, Fn::Not, Fn::Equals, Condition.';
      yield { code, message, path, hint };
      return;
    }
    const argument = (value as { readonly [key: string]: Json })[name]!;
    if (name === 'Condition') {
      const message = 'Condition takes the name of a condition.';
      if (typeof argument !== 'string') yield { code, message, path: [...path, name] };
      return;
    }
    if (!isList(argument)) return;
    for (const [index, item] of argument.entries()) {
      const at = [...path, name, index];
      if (name === 'Fn::Equals') yield* known(item, at);
      else yield* truth(item, at, CODES[name]!);
    }
  }

  /** What is known before any resource is made. */
  function* known(value: Json, path: Path): Generator<Finding> {
    const call = functionOf(value);
    if (call && !WITH_EXTENSIONS.includes(call.name)) {
      const message = `${call.name} cannot stand in a condition.`;
      yield { code: 'E8003', message, path, hint: `There may be ${VALUES.join(', ')}.` };
      return;
    }
    const { name, argument = null } = call ?? {};
    const text = isList(argument) ? argument[0] : argument;
    const names =
      typeof text !== 'string' ? [] : name === 'Ref' ? [text] : name === 'Fn::Sub' ? subVariables(text) : [];
    const resource = names.map((one) => one.split('.', 1)[0]!).find((one) => has(resources, one));
    if (resource !== undefined) {
      const message = `${resource} is a resource: there is none yet when conditions are worked out.`;
      yield { code: name === 'Ref' ? 'E1020' : 'E8003', message, path, hint: 'Use a parameter.' };
    }
    const inner = call ? argument : value;
    const items = isList(inner) ? inner.entries() : isObject(inner) ? Object.entries(inner) : [];
    for (const [key, item] of items) yield* known(item, [...path, ...(name === undefined ? [] : [name]), key]);
  }
}
