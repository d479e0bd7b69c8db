import { isList, isObject, textOf } from '../../document/intrinsics.ts';
import type { Json } from '../../document/template-document.ts';
import type { Finding } from '../model/finding.ts';
import { type Call, type Model, transforms } from '../model/model.ts';

/** What a function's arguments may be, with the code that cfn-lint has for it. */
interface Rule {
  readonly code: string;
  /** How it is written, for the hint. */
  readonly usage: string;
  fits(argument: Json): boolean;
}

/** Text, or a function that may give some. */
const value = (item: Json | undefined): boolean => item !== undefined && item !== null && !isList(item);
const text = (item: Json | undefined): boolean => value(item) && (!isObject(item) || isFunction(item));
const listOf =
  (count: number, max = count) =>
  (argument: Json): boolean =>
    isList(argument) && argument.length >= count && argument.length <= max;
const listLike = (item: Json | undefined): boolean => isList(item) || (isObject(item) && isFunction(item));

function isFunction(item: Json | undefined): boolean {
  return isObject(item) && Object.keys(item).length === 1 && /^(?:Ref|Condition|Fn::.+)$/.test(Object.keys(item)[0]!);
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html */
const RULES: Readonly<Record<string, Rule>> = {
  Ref: { code: 'E1020', usage: '!Ref Name', fits: (a) => typeof a === 'string' },
  'Fn::GetAtt': {
    code: 'E1010',
    usage: '!GetAtt Name.Attribute',
    fits: (a) =>
      typeof a === 'string'
        ? /^[^.]+\..+$/.test(a)
        : isList(a) && a.length === 2 && typeof a[0] === 'string' && text(a[1]),
  },
  'Fn::FindInMap': { code: 'E1011', usage: '!FindInMap [Mapping, Key, Column]', fits: listOf(3, 4) },
  'Fn::GetAZs': { code: 'E1015', usage: "!GetAZs ''", fits: (a) => text(a) },
  'Fn::ImportValue': { code: 'E1016', usage: '!ImportValue Name', fits: (a) => text(a) },
  'Fn::Select': {
    code: 'E1017',
    usage: '!Select [0, List]',
    fits: (a) => listOf(2)(a) && text((a as Json[])[0]) && listLike((a as Json[])[1]),
  },
  'Fn::Split': {
    code: 'E1018',
    usage: "!Split [',', Text]",
    fits: (a) => listOf(2)(a) && typeof (a as Json[])[0] === 'string' && text((a as Json[])[1]),
  },
  'Fn::Sub': {
    code: 'E1019',
    usage: "!Sub 'Text with ${Name}', or a list of such a text and a mapping",
    fits: (a) =>
      typeof a === 'string' || (listOf(2)(a) && typeof (a as Json[])[0] === 'string' && isObject((a as Json[])[1])),
  },
  'Fn::Base64': { code: 'E1021', usage: 'Fn::Base64: Text', fits: (a) => text(a) },
  'Fn::Join': {
    code: 'E1022',
    usage: "!Join [',', List]",
    fits: (a) => listOf(2)(a) && typeof (a as Json[])[0] === 'string' && listLike((a as Json[])[1]),
  },
  'Fn::Cidr': {
    code: 'E1024',
    usage: '!Cidr [Block, Count, Bits]',
    fits: (a) => listOf(2, 3)(a) && (a as Json[]).every(text),
  },
  'Fn::If': {
    code: 'E1028',
    usage: '!If [Condition, Then, Else]',
    fits: (a) => listOf(3)(a) && typeof (a as Json[])[0] === 'string',
  },
  'Fn::Equals': {
    code: 'E8003',
    usage: '!Equals [One, Other]',
    fits: (a) => listOf(2)(a) && (a as Json[]).every(text),
  },
  'Fn::And': {
    code: 'E8004',
    usage: '!And [2 to 10 conditions]',
    fits: (a) => listOf(2, 10)(a) && (a as Json[]).every(isFunction),
  },
  'Fn::Not': { code: 'E8005', usage: '!Not [Condition]', fits: (a) => listOf(1)(a) && (a as Json[]).every(isFunction) },
  'Fn::Or': {
    code: 'E8006',
    usage: '!Or [2 to 10 conditions]',
    fits: (a) => listOf(2, 10)(a) && (a as Json[]).every(isFunction),
  },
};

/** Functions that only the macro AWS::LanguageExtensions knows. */
const EXTENSIONS: Readonly<Record<string, string>> = { 'Fn::Length': 'E1030', 'Fn::ToJsonString': 'E1031' };

/** Function calls: the number and kind of their arguments. What they name is the next layer's to check. */
export function* calls({ calls, root, hasMacros }: Model): Generator<Finding> {
  const isExtended = transforms(root).includes('AWS::LanguageExtensions');
  for (const call of calls) {
    const rule = RULES[call.name];
    if (rule && !rule.fits(call.argument) && !hasMacros && !(isExtended && isComputedName(call)))
      yield misused(call, rule);
    const code = EXTENSIONS[call.name];
    if (code && root['Transform'] === undefined)
      yield {
        code,
        message: `${call.name} needs the macro AWS::LanguageExtensions.`,
        path: call.path,
        hint: 'Add Transform: AWS::LanguageExtensions, or write the value.',
      };
    if (call.name === 'Fn::Equals' && rule?.fits(call.argument)) yield* pointless(call);
  }
}

/** Whether the name that Ref or Fn::GetAtt takes is computed by a function, as AWS::LanguageExtensions allows. */
function isComputedName({ name, argument }: Call): boolean {
  if (name === 'Ref') return isFunction(argument);
  return name === 'Fn::GetAtt' && isList(argument) && argument.length === 2 && argument.every(text);
}

/** Whether a function has arguments of the number and kind that it takes. */
export function isWellFormed({ name, argument }: Call): boolean {
  return RULES[name]?.fits(argument) ?? true;
}

function misused({ name, path }: Call, { code, usage }: Rule): Finding {
  return { code, message: `${name} does not have the arguments that it takes.`, path, hint: `It is written ${usage}.` };
}

function* pointless({ argument, path }: Call): Generator<Finding> {
  const [one, other] = argument as readonly Json[];
  const same = JSON.stringify(one) === JSON.stringify(other) || textOf(one) === textOf(other);
  if (isObject(one) || isObject(other) ? JSON.stringify(one) !== JSON.stringify(other) : false) return;
  yield { code: 'W8003', message: `This comparison is always ${same}.`, path };
}
