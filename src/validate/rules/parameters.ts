import { beside, many } from './examples.ts';
import type { Rule } from './rule.ts';
import { guide } from './urls.ts';

const PARAMETERS = guide('parameters-section-structure');
const parameter = (text: string): string =>
  beside('Parameters:', `  Name: ${text}`, 'Outputs:', '  Name: { Value: !Ref Name }');

/** Declarations of parameters. */
export const PARAMETER_RULES: readonly Rule[] = [
  {
    code: 'E2001',
    name: 'parameter-shape',
    message: 'A parameter has a name of letters and digits, a Type, and the keys that CloudFormation knows.',
    why: 'CloudFormation refuses the template.',
    fix: 'Correct the key or the name.',
    url: PARAMETERS,
    bad: [
      parameter('{ Type: String, Defalt: a } # <-'),
      parameter('{ Default: a } # <-'),
      parameter('{ Type: String, MinValue: 5 } # <-'),
      beside('Parameters:', '  Your-Name: { Type: String } # <-'),
    ],
    good: [parameter('{ Type: Number, MinValue: 5 }')],
  },
  {
    code: 'E2002',
    name: 'parameter-type',
    message: 'CloudFormation does not have this type of parameter.',
    why: 'CloudFormation refuses the template.',
    fix: 'Use String, Number, CommaDelimitedList or a type that CloudFormation supplies.',
    url: guide('cloudformation-supplied-parameter-types'),
    bad: [parameter('{ Type: Strin } # <-'), parameter('{ Type: AWS::EC2::Vpc::Id } # <-')],
    good: [
      parameter('{ Type: AWS::EC2::VPC::Id }'),
      parameter('{ Type: AWS::SSM::Parameter::Value<AWS::IAM::Role::Arn> }'),
    ],
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
    ],
    good: [parameter('{ Type: String, AllowedValues: [a, b], Default: b }')],
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
  },
  {
    code: 'W2001',
    name: 'unused-parameter',
    message: 'Nothing uses a parameter.',
    why: 'Whoever creates the stack fills it in for nothing.',
    fix: 'Delete it.',
    url: PARAMETERS,
    bad: [beside('Parameters:', '  Name: { Type: String } # <-')],
    good: [parameter('{ Type: String }')],
  },
];
