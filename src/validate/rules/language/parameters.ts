import { isObject, type JsonObject } from '../../../document/intrinsics.ts';
import { isKind } from '../../../document/kind.ts';
import { constraintFault } from '../../../document/parameter-value.ts';
import { isPattern, type PatternMatcher, patternMatcher } from '../../../document/pattern-match.ts';
import { memo } from '../../model/memo.ts';
import type { Model } from '../../model/model.ts';
import { checkShape, didYouMean, type Shape } from '../../model/shape.ts';
import { beside, many } from '../base/examples.ts';
import { longNames, tooLong, tooLongValue, tooMany } from '../base/limits.ts';
import { all, badNames, notAMapping } from '../base/look.ts';
import { TEMPLATE_REFUSED } from '../base/reasons.ts';
import type { Check, Hit, Rule } from '../base/rule.ts';
import { guide } from '../base/urls.ts';
import { PARAMETER_TYPES, UNLISTED_TYPE } from './parameter-types.ts';
import { unused } from './unused.ts';

const PARAMETERS = guide('parameters-section-structure');
const parameter = (text: string): string =>
  beside('Parameters:', `  Name: ${text}`, 'Outputs:', '  Name: { Value: !Ref Name }');

const SHAPE: Shape = {
  AllowedPattern: 'text',
  AllowedValues: 'list',
  ConstraintDescription: 'text',
  Default: 'text',
  Description: 'text',
  MaxLength: 'number',
  MaxValue: 'number',
  MinLength: 'number',
  MinValue: 'number',
  NoEcho: 'boolean',
  Type: 'text',
};

/** Keys that only some types have. */
const FOR_NUMBERS = ['MinValue', 'MaxValue'];
const FOR_TEXT = ['AllowedPattern', 'MinLength', 'MaxLength'];
const MAX_DESCRIPTION = 4000;

/** Looks at each parameter that is a mapping. */
function each(check: (parameter: JsonObject, path: readonly string[], model: Model) => Iterable<Hit>): Check {
  return function* (model) {
    for (const [name, parameter] of Object.entries(model.parameters))
      if (isObject(parameter)) yield* check(parameter, ['Parameters', name], model);
  };
}

const shape: Check = function* ({ parameters }) {
  for (const [name, parameter] of Object.entries(parameters))
    yield* checkShape(parameter, ['Parameters', name], SHAPE, ['Type']);
};

const foreignKeys: Check = each(function* (parameter, path) {
  const { Type, Description, Default } = parameter;
  const foreign = Type === 'Number' ? FOR_TEXT : FOR_NUMBERS;
  for (const key of typeof Type === 'string' ? foreign : [])
    if (parameter[key] !== undefined)
      yield {
        message: `${path.join('.')} cannot have ${key}: its type is ${Type}.`,
        path: [...path, key],
        part: 'key',
      };
  yield* tooLong(Description, [...path, 'Description'], MAX_DESCRIPTION);
  yield* tooLongValue(Default, [...path, 'Default']);
});

/** What is wrong with the defaults of parameters, and patterns that could not be tried. */
const defaults = memo((model: Model): Defaults => {
  const matcher = patternMatcher();
  return matcher.forMany(() => defaultsOf(model, matcher));
});

interface Defaults {
  readonly wrong: readonly Hit[];
  readonly untried: readonly Hit[];
}

function defaultsOf(model: Model, matcher: PatternMatcher): Defaults {
  const wrong: Hit[] = [];
  const untried: Hit[] = [];
  for (const [name, parameter] of Object.entries(model.parameters)) {
    const path = ['Parameters', name, 'Default'];
    if (!isObject(parameter)) continue;
    const { AllowedPattern, Default } = parameter;
    if (typeof AllowedPattern === 'string' && !isPattern(AllowedPattern))
      untried.push({
        message: `AllowedPattern of ${name} is not a regular expression that JavaScript knows, so defaults are not checked by it.`,
        path: ['Parameters', name, 'AllowedPattern'],
      });
    if (Default === undefined || !isKind(Default, 'text') || [...tooLongValue(Default, path)].length > 0) continue;
    const fault = constraintFault(parameter, Default, matcher);
    if (typeof AllowedPattern === 'string' && matcher.tooSlow.has(AllowedPattern))
      untried.push({
        message: `AllowedPattern of ${name} takes too long to try, so the default is not checked by it.`,
        path: ['Parameters', name, 'AllowedPattern'],
      });
    else if (fault !== undefined) wrong.push({ message: `The default of ${name} ${fault}.`, path });
  }
  return { wrong, untried };
}

/** Declarations of parameters. */
export const PARAMETER_RULES: readonly Rule[] = [
  {
    code: 'E2001',
    name: 'parameter-shape',
    message: 'A parameter has a name of letters and digits, a Type, and the keys that CloudFormation knows.',
    why: TEMPLATE_REFUSED,
    fix: 'Correct the key or the name.',
    url: PARAMETERS,
    bad: [
      parameter('{ Type: String, Defalt: a } # <-'),
      parameter('{ Default: a } # <-'),
      parameter('{ Type: String, MinValue: 5 } # <-'),
      beside('Parameters:', '  Your-Name: { Type: String } # <-'),
    ],
    good: [parameter('{ Type: Number, MinValue: 5 }')],
    check: all(notAMapping('Parameters'), badNames('Parameters', 'parameter name'), shape, foreignKeys),
  },
  {
    code: 'E2002',
    name: 'parameter-type',
    message: 'CloudFormation does not have this type of parameter.',
    why: TEMPLATE_REFUSED,
    fix: 'Use String, Number, CommaDelimitedList or a type that CloudFormation supplies.',
    url: guide('cloudformation-supplied-parameter-types'),
    bad: [parameter('{ Type: Strin } # <-'), parameter('{ Type: AWS::EC2::Vpc::Id } # <-')],
    good: [
      parameter('{ Type: AWS::EC2::VPC::Id }'),
      parameter('{ Type: AWS::SSM::Parameter::Value<AWS::IAM::Role::Arn> }'),
    ],
    check: each(function* ({ Type }, path) {
      if (typeof Type !== 'string' || PARAMETER_TYPES.has(Type) || UNLISTED_TYPE.test(Type)) return;
      yield {
        message: `${Type} is not a type of parameter.`,
        path: [...path, 'Type'],
        hint: didYouMean(Type, PARAMETER_TYPES),
        // Of these CloudFormation takes more than its documentation lists.
        ...(Type.startsWith('AWS::SSM::Parameter::Value<') && { severity: 'warning' }),
      };
    }),
  },
  {
    code: 'E2010',
    name: 'parameter-count',
    message: 'The template has too many parameters.',
    why: 'There may be 200.',
    fix: 'Divide the template into several stacks.',
    url: guide('cloudformation-limits'),
    bad: [
      beside(
        'Parameters: # <-',
        many(201, (i) => `  P${i}: { Type: String }`),
      ),
    ],
    good: [parameter('{ Type: String }')],
    check: tooMany('Parameters', 200),
  },
  {
    code: 'E2011',
    name: 'parameter-name-length',
    message: 'The name of a parameter is too long.',
    why: 'It may have 255 characters.',
    fix: 'Shorten it.',
    url: guide('cloudformation-limits'),
    bad: [beside('Parameters:', `  ${'N'.repeat(256)}: { Type: String } # <-`)],
    good: [parameter('{ Type: String }')],
    check: longNames('Parameters'),
  },
  {
    code: 'E2015',
    name: 'parameter-default',
    message: 'The default of a parameter breaks its own constraints.',
    why: 'A stack that is created with the default is refused.',
    fix: 'Change the default or the constraint.',
    url: PARAMETERS,
    bad: [
      parameter('{ Type: String, AllowedValues: [a, b], Default: c } # <-'),
      parameter("{ Type: String, AllowedPattern: '[a-z]+', Default: A1 } # <-"),
      parameter('{ Type: Number, MaxValue: 5, Default: 6 } # <-'),
      parameter('{ Type: String, MinLength: 3, Default: ab } # <-'),
      parameter("{ Type: CommaDelimitedList, AllowedValues: [a, b], Default: 'a,c' } # <-").replace(
        '!Ref Name',
        '!Join ["", !Ref Name]',
      ),
    ],
    good: [parameter('{ Type: String, AllowedValues: [a, b], Default: b }')],
    check: (model) => defaults(model).wrong,
  },
  {
    code: 'I2003',
    name: 'parameter-pattern',
    message: 'AllowedPattern is not tried: JavaScript does not know it, or it takes too long.',
    why: 'Defaults are not checked by it. A pattern in which something repeated is repeated again may take for ever.',
    fix: 'Write the pattern so that nothing repeated is repeated again: (a+)+ is a+.',
    url: PARAMETERS,
    bad: [
      parameter("{ Type: String, AllowedPattern: '[', Default: a } # <-"),
      parameter(`{ Type: String, AllowedPattern: '(a+)+', Default: '${'a'.repeat(40)}!' } # <-`),
    ],
    good: [parameter("{ Type: String, AllowedPattern: 'a+', Default: aa }")],
    check: (model) => defaults(model).untried,
  },
  {
    code: 'W2001',
    name: 'unused-parameter',
    message: 'Nothing uses a parameter.',
    why: 'Anyone who creates the stack fills it in for nothing.',
    fix: 'Delete it.',
    url: PARAMETERS,
    bad: [beside('Parameters:', '  Name: { Type: String } # <-')],
    good: [parameter('{ Type: String }')],
    check: unused('Parameters', 'parameter'),
  },
];
