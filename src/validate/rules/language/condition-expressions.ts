import type { Path } from '../../../diagnostics/diagnostic.ts';
import { CONDITION_FUNCTIONS, functionOf, has, isList, isObject } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { memo } from '../../model/memo.ts';
import type { Model } from '../../model/model.ts';
import { targetsOf } from '../../model/references.ts';
import { didYouMean, nameOf } from '../../model/shape.ts';
import type { Check, Hit } from '../base/rule.ts';

/** The functions that a condition's Fn::Equals may have in it. */
const VALUES: readonly string[] = ['Ref', 'Fn::FindInMap', 'Fn::Sub', 'Fn::Join', 'Fn::Select', 'Fn::Split'];
const WITH_EXTENSIONS: readonly string[] = [...VALUES, 'Fn::Length', 'Fn::ToJsonString'];

/** What a finding is about: the function whose argument is wrong, or a condition as a whole. */
type Subject = 'condition' | 'Fn::And' | 'Fn::Not' | 'Fn::Or' | 'Fn::Equals' | 'Ref';
type Found = readonly [subject: Subject, hit: Hit];

/** What is wrong in the conditions of a template with what a function is given, or with a condition as a whole. */
export function inConditions(subject: Subject): Check {
  return function* (model) {
    for (const [one, hit] of expressionFaults(model)) if (one === subject) yield hit;
  };
}

/**
 * What conditions are made of
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-conditions.html):
 * Fn::And, Fn::Or, Fn::Not and Fn::Equals over parameters. There are no resources yet when they are worked out.
 */
const expressionFaults = memo((model: Model): readonly Found[] => {
  if (model.hasMacros) return [];
  return Object.entries(model.conditions).flatMap(([name, one]) => [
    ...truth(model, one, ['Conditions', name], 'condition'),
  ]);
});

function* truth(model: Model, value: Json, path: Path, subject: Subject): Generator<Found> {
  if (typeof value === 'boolean') return;
  const [name, ...others] = isObject(value) ? Object.keys(value) : [];
  if (name === undefined || others.length > 0 || !CONDITION_FUNCTIONS.has(name)) {
    const hint = name === undefined ? undefined : didYouMean(name, CONDITION_FUNCTIONS);
    const message = `${nameOf(path)} must be a condition: Fn::And, Fn::Or, Fn::Not, Fn::Equals or Condition.`;
    yield [subject, { message, path, hint }];
    return;
  }
  const argument = (value as { readonly [key: string]: Json })[name]!;
  if (name === 'Condition' && typeof argument !== 'string')
    yield [subject, { message: 'Condition must have the name of a condition.', path: [...path, name] }];
  if (name === 'Condition' || !isList(argument)) return;
  for (const [index, item] of argument.entries()) {
    const at = [...path, name, index];
    if (name === 'Fn::Equals') yield* compared(model, item, at);
    else yield* truth(model, item, at, name as Subject);
  }
}

/** What Fn::Equals compares must be known before any resource is created. */
function* compared(model: Model, value: Json, path: Path): Generator<Found> {
  const call = functionOf(value);
  if (call && !WITH_EXTENSIONS.includes(call.name)) {
    const message = `A condition cannot have ${call.name} in it.`;
    yield ['Fn::Equals', { message, path, hint: `It may have ${VALUES.join(', ')}.` }];
    return;
  }
  const resource = call && targetsOf({ ...call, path }).find((one) => has(model.resources, one));
  if (resource !== undefined) {
    const message = `A condition cannot refer to ${resource}: there are no resources yet when conditions are worked out.`;
    yield [call?.name === 'Ref' ? 'Ref' : 'Fn::Equals', { message, path, hint: 'Use a parameter.' }];
  }
  const inner = call ? call.argument : value;
  const items = isList(inner) ? inner.entries() : isObject(inner) ? Object.entries(inner) : [];
  for (const [key, item] of items) yield* compared(model, item, [...path, ...(call ? [call.name] : []), key]);
}
