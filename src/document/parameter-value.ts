import { isList, type JsonObject, textOf } from './intrinsics.ts';
import { isKind } from './kind.ts';
import type { PatternMatcher } from './pattern-match.ts';
import type { Json } from './template-document.ts';

/**
 * Why a parameter cannot have a value, to follow "it", or undefined where it can. CloudFormation matches
 * AllowedPattern against the whole value.
 */
export function parameterFault(
  parameter: JsonObject,
  value: Json,
  { matches }: Pick<PatternMatcher, 'matches'>,
): string | undefined {
  const { Type, AllowedValues, AllowedPattern } = parameter;
  const text = textOf(value);
  const limit = (key: string): number | undefined => {
    const number = parameter[key];
    return number !== undefined && isKind(number, 'number') ? Number(number) : undefined;
  };
  if (isList(AllowedValues) && !AllowedValues.map(textOf).includes(text)) return 'is not among AllowedValues';
  if (typeof AllowedPattern === 'string' && matches(AllowedPattern, text) === false)
    return 'does not match AllowedPattern';
  if (Type === 'Number') {
    if (!isKind(value, 'number')) return 'is no number';
    if (Number(text) < (limit('MinValue') ?? -Infinity)) return `is less than MinValue, ${limit('MinValue')}`;
    if (Number(text) > (limit('MaxValue') ?? Infinity)) return `is more than MaxValue, ${limit('MaxValue')}`;
    return undefined;
  }
  if (text.length < (limit('MinLength') ?? 0)) return `is shorter than MinLength, ${limit('MinLength')}`;
  if (text.length > (limit('MaxLength') ?? Infinity)) return `is longer than MaxLength, ${limit('MaxLength')}`;
  return undefined;
}

/** Whether Ref of a parameter of this type gives a list. */
export function isListType(type: Json | undefined): boolean {
  return typeof type === 'string' && /^(?:AWS::SSM::Parameter::Value<)?(?:CommaDelimitedList|List<)/.test(type);
}
