import { functionOf, isList, isObject } from '../../document/intrinsics.ts';
import type { Json } from '../../document/template-document.ts';
import type { Finding } from '../model/finding.ts';
import type { Call, Model } from '../model/model.ts';
import { functionFault } from './function-types.ts';

type Place = readonly [value: Json, within: readonly (string | number)[]];

/** Functions in the arguments of functions that give a list where a text is needed, or the reverse. */
export function* foundInArguments(model: Model): Generator<Finding> {
  for (const call of model.calls) {
    if (call.path[0] !== 'Resources' && call.path[0] !== 'Outputs') continue;
    for (const [type, places] of needed(call))
      for (const [value, within] of places) {
        const inner = functionOf(value);
        const fault = inner && functionFault(model, inner, { type });
        if (inner && fault) yield { ...fault, path: [...call.path, ...within, inner.name] };
      }
  }
}

/** The arguments of a call that must be text, and those that must be lists. */
function needed({ name, argument }: Call): readonly (readonly [type: 'string' | 'array', places: readonly Place[]])[] {
  const [first, second] = isList(argument) ? argument : [];
  switch (name) {
    case 'Fn::Base64':
      return [['string', [[argument, []]]]];
    case 'Fn::Join':
      if (isList(second)) return [['string', second.map((one, index): Place => [one, [1, index]])]];
      return second === undefined ? [] : [['array', [[second, [1]]]]];
    case 'Fn::Select':
      return second === undefined ? [] : [['array', [[second, [1]]]]];
    case 'Fn::Split':
      return second === undefined ? [] : [['string', [[second, [1]]]]];
    case 'Fn::Sub': {
      const given = first !== undefined && isObject(second) ? Object.entries(second) : [];
      return [['string', given.map(([key, one]): Place => [one, [1, key]])]];
    }
    default:
      return [];
  }
}
