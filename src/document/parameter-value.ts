import { isList, type JsonObject, textOf } from './intrinsics.ts';
import { isKind } from './kind.ts';
import { type PatternMatcher, patternMatcher } from './pattern-match.ts';
import type { Json } from './template-document.ts';

/** CloudFormation's limit for the value of a parameter, in bytes. */
const MAX_BYTES = 4096;

/** How many of the allowed values a message lists. */
const LISTED = 20;

/** What the ids of EC2 look like. */
const ID_PREFIXES: Readonly<Record<string, string>> = {
  'AWS::EC2::VPC::Id': 'vpc',
  'AWS::EC2::Subnet::Id': 'subnet',
  'AWS::EC2::SecurityGroup::Id': 'sg',
};

/**
 * Why CloudFormation would refuse a value that somebody gives a parameter, to follow "it"; undefined where it would not.
 * More is asked of it than of a default: the id of a type is looked up only when a stack is created.
 */
export function valueFault(parameter: JsonObject, value: string): string | undefined {
  if (Buffer.byteLength(value) > MAX_BYTES) return `is longer than ${MAX_BYTES} bytes`;
  if (/[\ud800-\udfff]/u.test(value)) return 'is not text';
  const prefix = ID_PREFIXES[memberType(parameter['Type'])];
  const isId = new RegExp(`^${prefix}-([0-9a-f]{8}|[0-9a-f]{17})$`);
  const fault = constraintFault(parameter, value, patternMatcher());
  if (fault !== undefined || prefix === undefined) return fault;
  return members(parameter, value).every((member) => isId.test(textOf(member)))
    ? undefined
    : `must be an id such as ${prefix}-0123456789abcdef0`;
}

/**
 * Why the constraints of a parameter do not let it have a value, to follow "it", or undefined where they do. Of a list
 * each member is checked. CloudFormation matches AllowedPattern against the whole value; lengths count characters.
 */
export function constraintFault(
  parameter: JsonObject,
  value: Json,
  matcher: Pick<PatternMatcher, 'matches'>,
): string | undefined {
  for (const member of members(parameter, value)) {
    const fault = memberFault(parameter, member, matcher);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function memberFault(
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
  if (isList(AllowedValues) && !AllowedValues.map(textOf).includes(text)) {
    const more = AllowedValues.length > LISTED ? ', …' : '';
    return `is not among AllowedValues: ${AllowedValues.slice(0, LISTED).map(textOf).join(', ')}${more}`;
  }
  // Of a pattern that takes too long, or that JavaScript does not know, nobody can tell: CloudFormation will.
  if (typeof AllowedPattern === 'string' && matches(AllowedPattern, text) === false)
    return `does not match AllowedPattern, ${AllowedPattern}`;
  if (memberType(Type) === 'Number') {
    if (!isKind(value, 'number')) return 'is not a number';
    if (Number(text) < (limit('MinValue') ?? -Infinity)) return `is less than MinValue, ${limit('MinValue')}`;
    if (Number(text) > (limit('MaxValue') ?? Infinity)) return `is more than MaxValue, ${limit('MaxValue')}`;
    return undefined;
  }
  const length = [...text].length;
  if (length < (limit('MinLength') ?? 0)) return `has fewer characters than MinLength, ${limit('MinLength')}`;
  if (length > (limit('MaxLength') ?? Infinity)) return `has more characters than MaxLength, ${limit('MaxLength')}`;
  return undefined;
}

function members({ Type }: JsonObject, value: Json): readonly Json[] {
  return isListType(Type)
    ? textOf(value)
        .split(',')
        .map((member) => member.trim())
    : [value];
}

/** The type of a parameter, or of the members of a list. */
function memberType(type: Json | undefined): string {
  if (typeof type !== 'string') return '';
  return /^List<(.*)>$/.exec(type)?.[1] ?? (type === 'CommaDelimitedList' ? 'String' : type);
}

/** Whether Ref of a parameter of this type gives a list. */
export function isListType(type: Json | undefined): boolean {
  return typeof type === 'string' && /^(?:AWS::SSM::Parameter::Value<)?(?:CommaDelimitedList|List<)/.test(type);
}
