import {
  CONDITION_FUNCTIONS,
  has,
  isList,
  isObject,
  RULE_FUNCTIONS,
  VALUE_FUNCTIONS,
} from '../../../document/intrinsics.ts';
import { isListType } from '../../../document/parameter-value.ts';
import type { Json } from '../../../document/template-document.ts';
import { isLoop, loopParts } from '../../model/loops.ts';
import { type Model, objectAt } from '../../model/model.ts';
import { didYouMean } from '../../model/shape.ts';
import { CONDITION, output, value } from '../base/examples.ts';
import { across, all, anywhere } from '../base/look.ts';
import { TEMPLATE_REFUSED } from '../base/reasons.ts';
import type { Check, Rule } from '../base/rule.ts';
import { functionPage, guide } from '../base/urls.ts';
import { arg, args, isListLike, isPlainText, isText, usage } from '../base/usage.ts';
import { unknownCondition } from '../language/condition-names.ts';

const FUNCTIONS: readonly string[] = [...VALUE_FUNCTIONS, ...CONDITION_FUNCTIONS, ...RULE_FUNCTIONS];
const FOR_EACH =
  'Resources:\n  Fn::ForEach::Topics:\n    - Name\n    - [a, b]\n    - "Topic${Name}": { Type: AWS::SNS::Topic }\n';
const anything = (): boolean => true;

/** A function that only the macro AWS::LanguageExtensions knows. */
function extension(name: string): Check {
  return anywhere(name, function* ({ path }, { root }) {
    if (root['Transform'] === undefined) yield { path };
  });
}

/** Calls of a function that only the macro knows, with an argument that it does not take. */
function argument(name: string, fits: (argument: Json, model: Model) => boolean): Check {
  return anywhere(name, function* (call, model) {
    if (model.root['Transform'] !== undefined && !fits(call.argument, model))
      yield { path: call.path, message: `${name} does not take this.` };
  });
}

/** Functions that give one value. */
export const VALUE_RULES: readonly Rule[] = [
  {
    code: 'PL3012',
    name: 'unknown-function',
    message: 'CloudFormation has no intrinsic function of this name.',
    why: TEMPLATE_REFUSED,
    fix: 'Correct the name.',
    url: guide('intrinsic-function-reference'),
    bad: [value('{ "Fn::Joyn": ["-", [a, b]] } # <-')],
    good: [value('{ "Fn::Join": ["-", [a, b]] }')],
    check: across(function* ({ unknownFunctions }) {
      for (const { name, path } of unknownFunctions)
        if (path[0] === 'Resources' || path[0] === 'Outputs')
          yield {
            message: `CloudFormation does not have a function ${name}.`,
            path,
            part: 'key',
            hint: didYouMean(name, FUNCTIONS),
          };
    }),
  },
  {
    code: 'E1016',
    name: 'import-value',
    message: 'Fn::ImportValue takes the name of an export.',
    why: TEMPLATE_REFUSED,
    fix: 'Write !ImportValue Name.',
    url: functionPage('importvalue'),
    bad: [output('!ImportValue [a] # <-')],
    good: [output('!ImportValue a')],
    check: usage('Fn::ImportValue', '!ImportValue Name', arg(isText)),
  },
  {
    code: 'E1021',
    name: 'base64',
    message: 'Fn::Base64 takes a text, and gives text.',
    why: TEMPLATE_REFUSED,
    fix: 'Write Fn::Base64: Text.',
    url: functionPage('base64'),
    bad: [output('!Base64 [a] # <-')],
    good: [output('!Base64 a')],
    check: usage('Fn::Base64', 'Fn::Base64: Text', arg(isText)),
  },
  {
    code: 'E1028',
    name: 'if',
    message: 'Fn::If takes a condition of the template and two values.',
    why: TEMPLATE_REFUSED,
    fix: 'Write !If [Condition, Then, Else].',
    url: functionPage('conditions'),
    bad: [value('!If [IsProd, a, b] # <-', ...CONDITION), value('!If [IsProduction, a] # <-', ...CONDITION)],
    good: [value('!If [IsProduction, a, b]', ...CONDITION)],
    check: usage(
      'Fn::If',
      '!If [Condition, Then, Else]',
      args([isPlainText, anything, anything]),
      function* ({ argument, path }, model) {
        if (isList(argument)) yield* unknownCondition(model, String(argument[0]), [...path, 0]);
      },
    ),
  },
  {
    code: 'E1030',
    name: 'length',
    message: 'Fn::Length needs the macro AWS::LanguageExtensions, and takes a list.',
    why: TEMPLATE_REFUSED,
    fix: 'Add Transform: AWS::LanguageExtensions, or write the number.',
    url: functionPage('length'),
    bad: [
      value('{ "Fn::Length": [a, b] } # <-'),
      value('{ "Fn::Length": text } # <-', 'Transform: AWS::LanguageExtensions'),
    ],
    good: [value('{ "Fn::Length": [a, b] }', 'Transform: AWS::LanguageExtensions')],
    check: all(
      extension('Fn::Length'),
      argument('Fn::Length', (value, { parameters, resources }) => {
        const name = isObject(value) && typeof value['Ref'] === 'string' ? value['Ref'] : undefined;
        if (name === undefined) return isListLike(value);
        const { Type } = objectAt(parameters, name);
        return !has(resources, name) && (typeof Type !== 'string' || isListType(Type) || Type.startsWith('AWS::SSM::'));
      }),
    ),
  },
  {
    code: 'E1031',
    name: 'to-json-string',
    message: 'Fn::ToJsonString needs the macro AWS::LanguageExtensions, and takes a mapping or a list.',
    why: TEMPLATE_REFUSED,
    fix: 'Add Transform: AWS::LanguageExtensions, or write the JSON.',
    url: functionPage('tojsonstring'),
    bad: [
      value('{ "Fn::ToJsonString": { a: b } } # <-'),
      value('{ "Fn::ToJsonString": "" } # <-', 'Transform: AWS::LanguageExtensions'),
    ],
    good: [value('{ "Fn::ToJsonString": { a: b } }', 'Transform: AWS::LanguageExtensions')],
    check: all(
      extension('Fn::ToJsonString'),
      argument(
        'Fn::ToJsonString',
        (value) => typeof value === 'object' && value !== null && Object.keys(value).length > 0,
      ),
    ),
  },
  {
    code: 'E1033',
    name: 'get-stack-output',
    message: 'Fn::GetStackOutput takes the name of a stack and of its output.',
    why: TEMPLATE_REFUSED,
    fix: 'Write StackName and OutputName.',
    url: guide('intrinsic-function-reference'),
    bad: [
      value('{ "Fn::GetStackOutput": { StackName: a } } # <-'),
      value('{ "Fn::GetStackOutput": a } # <-'),
      value('{ "Fn::GetStackOutput": { StackName: a, OutputName: b, Stack: c } } # <-'),
    ],
    good: [value('{ "Fn::GetStackOutput": { StackName: a, OutputName: b } }')],
    check: anywhere('Fn::GetStackOutput', function* ({ argument: given, path }, { hasMacros }) {
      if (hasMacros) return;
      const keys = isObject(given) ? Object.keys(given) : [];
      const isWhole = ['StackName', 'OutputName'].every((name) => keys.includes(name));
      const more = keys.find((name) => !['StackName', 'OutputName', 'Region', 'AccountId', 'RoleArn'].includes(name));
      if (more !== undefined) yield { path: [...path, more], part: 'key' };
      else if (!isWhole) yield { path };
    }),
  },
  {
    code: 'E1032',
    name: 'for-each',
    message: 'Fn::ForEach needs the macro AWS::LanguageExtensions.',
    why: TEMPLATE_REFUSED,
    fix: 'Add Transform: AWS::LanguageExtensions.',
    url: functionPage('foreach'),
    bad: [
      FOR_EACH.replace('Topics:', 'Topics: # <-'),
      `Transform: AWS::LanguageExtensions\n${FOR_EACH.replace('Topics:', 'Topics: # <-').replace('    - [a, b]\n', '')}`,
    ],
    good: [`Transform: AWS::LanguageExtensions\n${FOR_EACH}`],
    *check({ calls, root, isExtended }) {
      for (const { name, path, argument } of calls.filter((call) => isLoop(call.name)))
        if (root['Transform'] === undefined) yield { path, part: 'key' };
        else if (isExtended && !loopParts(argument))
          yield {
            path,
            part: 'key',
            message: `${name} takes a name, a list and a mapping of what is made for each entry.`,
            hint: 'Write [Name, [a, b], { "Key${Name}": … }].',
          };
    },
  },
];
