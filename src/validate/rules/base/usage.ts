import type { Path } from '../../../diagnostics/diagnostic.ts';
import { isList, isObject } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import type { Call, Model } from '../../model/model.ts';
import { anywhere } from './look.ts';
import type { Check, Hit } from './rule.ts';

/** Whether a value is a call of a function, known or not. */
export function isFunction(item: Json | undefined): boolean {
  return isObject(item) && Object.keys(item).length === 1 && /^(?:Ref|Condition|Fn::.+)$/.test(Object.keys(item)[0]!);
}

/** Whether a value is text, or a function that may give some. */
export function isText(item: Json | undefined): boolean {
  return item !== undefined && item !== null && !isList(item) && (!isObject(item) || isFunction(item));
}

/** Whether a value is a list, or a function that may give one. */
export function isListLike(item: Json | undefined): boolean {
  return isList(item) || isFunction(item);
}

/** Where the first thing is that a function does not take, from its argument on; undefined where all fits. */
export type Misfit = (argument: Json) => Path | undefined;

/** Arguments of a function: a list of these, of which the last may be left out down to `least`. */
export function args(fits: readonly ((item: Json | undefined) => boolean)[], least: number = fits.length): Misfit {
  return (argument) => {
    if (!isList(argument)) return [];
    const at = argument.findIndex((item, index) => fits[index]?.(item) === false);
    if (at >= 0) return [at];
    return argument.length < least || argument.length > fits.length ? [] : undefined;
  };
}

/** The one argument of a function. */
export function arg(fits: (item: Json | undefined) => boolean): Misfit {
  return (argument) => (fits(argument) ? undefined : []);
}

/** Whether a value is plain text. */
export function isPlainText(item: Json | undefined): boolean {
  return typeof item === 'string';
}

/**
 * Looks at each call of a function: whether it has the arguments that it takes (not where a macro may change them), and
 * where it has, what else is wrong.
 * @param usage how the function is written, for the hint
 */
export function usage(
  name: string,
  usage: string,
  misfit: Misfit,
  then?: (call: Call, model: Model) => Iterable<Hit>,
): Check {
  return anywhere(name, function* (call, model) {
    const { argument, path } = call;
    const wrong = misfit(argument);
    if (wrong === undefined) yield* then?.(call, model) ?? [];
    else if (!model.hasMacros && !(model.isExtended && isComputedName(call)))
      yield {
        message: `${name} does not have the arguments that it takes.`,
        path: [...path, ...wrong],
        hint: `It is written ${usage}.`,
      };
  });
}

/** Whether the name that Ref or Fn::GetAtt takes is computed by a function, as AWS::LanguageExtensions allows. */
function isComputedName({ name, argument }: Call): boolean {
  if (name === 'Ref') return isFunction(argument);
  return name === 'Fn::GetAtt' && isList(argument) && argument.length === 2 && argument.every(isText);
}
