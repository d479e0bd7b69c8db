import { isObject, type JsonObject } from '../../document/intrinsics.ts';
import { isKind } from '../../document/kind.ts';
import { constraintFault } from '../../document/parameter-value.ts';
import { isPattern, type PatternMatcher, patternMatcher } from '../../document/pattern-match.ts';
import type { Finding } from '../model/finding.ts';
import type { Model } from '../model/model.ts';
import { checkShape, didYouMean, type Shape } from '../model/shape.ts';
import { isTooLong } from './limits.ts';

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

const AWS_TYPES = [
  'AWS::EC2::AvailabilityZone::Name',
  'AWS::EC2::Image::Id',
  'AWS::EC2::Instance::Id',
  'AWS::EC2::KeyPair::KeyName',
  'AWS::EC2::SecurityGroup::GroupName',
  'AWS::EC2::SecurityGroup::Id',
  'AWS::EC2::Subnet::Id',
  'AWS::EC2::VPC::Id',
  'AWS::EC2::Volume::Id',
  'AWS::Route53::HostedZone::Id',
];

/** The types of https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html */
const TYPES: ReadonlySet<string> = new Set([
  ...['String', 'Number', 'CommaDelimitedList', 'List<Number>', 'List<String>', 'AWS::SSM::Parameter::Name'],
  ...AWS_TYPES.flatMap((type) => [type, `List<${type}>`]),
  ...['String', 'List<String>', 'CommaDelimitedList', ...AWS_TYPES.flatMap((type) => [type, `List<${type}>`])].map(
    (type) => `AWS::SSM::Parameter::Value<${type}>`,
  ),
]);

const LIST = 'List<AWS(?:::[A-Za-z0-9]+){3}>';

/** Types that CloudFormation takes and its documentation does not list: lists, and values in Systems Manager, of what AWS has. */
const UNLISTED: RegExp = new RegExp(`^(?:${LIST}|AWS::SSM::Parameter::Value<(?:AWS(?:::[A-Za-z0-9]+){3}|${LIST})>)$`);

/** Declarations of parameters: their keys, their types, and defaults that keep to their own constraints. */
export function* parameters({ parameters }: Model): Generator<Finding> {
  const matcher = patternMatcher();
  for (const [name, parameter] of Object.entries(parameters)) {
    const path = ['Parameters', name];
    if (!/^[a-zA-Z0-9]+$/.test(name))
      yield { code: 'E2001', message: `The parameter name ${name} must be letters and digits.`, path, part: 'key' };
    yield* checkShape(parameter, path, 'E2001', SHAPE, ['Type']);
    if (!isObject(parameter)) continue;
    yield* typeFaults(parameter, name);
    yield* constraintFaults(parameter, name);
    yield* defaultFaults(parameter, name, matcher);
  }
}

function* typeFaults({ Type }: JsonObject, name: string): Generator<Finding> {
  if (typeof Type !== 'string' || TYPES.has(Type) || UNLISTED.test(Type)) return;
  yield {
    code: 'E2002',
    message: `${Type} is no type of parameter.`,
    path: ['Parameters', name, 'Type'],
    hint: didYouMean(Type, TYPES, 'Use String, Number, CommaDelimitedList or a type that CloudFormation supplies.'),
  };
}

function* constraintFaults(parameter: JsonObject, name: string): Generator<Finding> {
  const { Type, AllowedPattern } = parameter;
  const foreign = Type === 'Number' ? FOR_TEXT : FOR_NUMBERS;
  for (const key of typeof Type === 'string' ? foreign : []) {
    if (parameter[key] !== undefined)
      yield {
        code: 'E2001',
        message: `A parameter of type ${Type} has no ${key}.`,
        path: ['Parameters', name, key],
        part: 'key',
      };
  }
  if (typeof AllowedPattern === 'string' && !isPattern(AllowedPattern))
    yield {
      code: 'I2003',
      message: 'AllowedPattern is not a regular expression that JavaScript knows, so defaults are not checked by it.',
      path: ['Parameters', name, 'AllowedPattern'],
    };
}

function* defaultFaults(parameter: JsonObject, name: string, matcher: PatternMatcher): Generator<Finding> {
  const { AllowedPattern, Default } = parameter;
  if (Default === undefined || !isKind(Default, 'text') || isTooLong(Default)) return;
  const fault = constraintFault(parameter, Default, matcher);
  if (typeof AllowedPattern === 'string' && matcher.tooSlow.has(AllowedPattern)) {
    yield {
      code: 'I2003',
      message: `AllowedPattern takes too long to try, so the default of ${name} is not checked by it.`,
      path: ['Parameters', name, 'AllowedPattern'],
      hint: 'Write it so that nothing repeated is repeated again: (a+)+ is a+.',
    };
    return;
  }
  if (fault === undefined) return;
  yield {
    code: 'E2015',
    message: `The default of ${name} ${fault}.`,
    path: ['Parameters', name, 'Default'],
    hint: 'Change the default or the constraint.',
  };
}
