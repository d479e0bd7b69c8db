import { has } from '../../../document/intrinsics.ts';
import { type Model, objectAt } from '../../model/model.ts';
import { didYouMean } from '../../model/shape.ts';
import { beside } from '../base/examples.ts';
import { across, all } from '../base/look.ts';
import { TEMPLATE_REFUSED } from '../base/reasons.ts';
import type { Check, Hit, Rule } from '../base/rule.ts';
import { arg, args, isListLike, isPlainText, isText, usage } from '../base/usage.ts';

const PAGE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-rules.html';

/** A template with a parameter and a rule that asserts something of it. */
const asserting = (assert: string): string =>
  beside(
    ...['Parameters:', '  Subnets: { Type: List<AWS::EC2::Subnet::Id> }', '  Vpc: { Type: AWS::EC2::VPC::Id }'],
    ...['Rules:', '  Inside:', `    Assertions: [{ Assert: ${assert}`],
  );

/** What Fn::ValueOf gives of parameters, by the thing that their type is the id of; tags too, as Tags.NAME. */
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  'AWS::EC2::VPC::Id': ['DefaultNetworkAcl', 'DefaultSecurityGroup', 'Tags'],
  'AWS::EC2::Subnet::Id': ['AvailabilityZone', 'Tags', 'VpcId'],
  'AWS::EC2::SecurityGroup::Id': ['Tags'],
};

/** What is wrong with the attribute that is asked of a type. */
function attributeFault(type: unknown, attribute: string, path: Hit['path']): Hit | undefined {
  if (typeof type !== 'string') return undefined;
  const thing = type.replace(/^List<(.*)>$/, '$1');
  const known = has(ATTRIBUTES, thing) ? ATTRIBUTES[thing]! : [];
  if (known.includes(attribute.split('.', 1)[0]!)) return undefined;
  return known.length === 0
    ? { path, message: `A parameter of type ${type} has no attributes.` }
    : {
        path,
        message: `${thing} has no attribute ${attribute}.`,
        hint: didYouMean(attribute, known, `It has ${known.join(', ')}.`),
      };
}

/** Ref of something in a rule that is not a parameter. */
const references: Check = across(function* ({ calls, parameters, resources }) {
  for (const { name, argument, path } of calls)
    if (path[0] === 'Rules' && name === 'Ref' && typeof argument === 'string' && !has(parameters, argument))
      if (has(resources, argument))
        yield { path, message: `A rule cannot refer to ${argument}: resources come later.` };
});

function* attributeOf(
  { argument, path }: { readonly argument: unknown; readonly path: Hit['path'] },
  { parameters }: Model,
): Generator<Hit> {
  const [name, attribute] = argument as readonly [string, string];
  if (!has(parameters, name)) {
    const hint = didYouMean(name, Object.keys(parameters));
    yield { path, message: `There is no parameter ${name}.`, hint };
    return;
  }
  const fault = attributeFault(objectAt(parameters, name)['Type'], attribute, path);
  if (fault) yield fault;
}

function* attributeOfAll({
  argument,
  path,
}: {
  readonly argument: unknown;
  readonly path: Hit['path'];
}): Generator<Hit> {
  const [type, attribute] = argument as readonly [string, string];
  const fault = attributeFault(type, attribute, path);
  if (fault) yield fault;
}

const PLAIN = args([isPlainText, isPlainText]);

/** Functions that only rules have. */
export const RULE_FUNCTION_RULES: readonly Rule[] = [
  {
    code: 'PL3178',
    name: 'rule-functions',
    message: 'A function of a rule does not have the arguments that it takes.',
    why: TEMPLATE_REFUSED,
    fix: 'Write it as its page shows.',
    url: PAGE,
    bad: [
      asserting('{ Fn::Contains: [a] } }] # <-'),
      asserting('{ Fn::EachMemberIn: [[a]] } }] # <-'),
      asserting('{ Fn::EachMemberEquals: [{ Fn::ValueOf: [Subnets, VpcIdd] }, !Ref Vpc] } }] # <-'),
      asserting('{ Fn::EachMemberEquals: [{ Fn::ValueOf: [Subnet, VpcId] }, !Ref Vpc] } }] # <-'),
      asserting('!Equals [!Ref Gateway, a] }] # <-'),
    ],
    good: [
      asserting('{ Fn::EachMemberEquals: [{ Fn::ValueOf: [Subnets, VpcId] }, !Ref Vpc] } }]'),
      asserting(
        '{ Fn::EachMemberIn: [{ Fn::ValueOfAll: [AWS::EC2::Subnet::Id, VpcId] }, { Fn::RefAll: AWS::EC2::VPC::Id }] } }]',
      ),
      asserting('{ Fn::Contains: [[us-west-2, us-east-1], !Ref AWS::Region] } }]'),
    ],
    check: all(
      references,
      usage('Fn::Contains', 'Fn::Contains: [[ONE, OTHER], VALUE]', args([isListLike, isText])),
      usage('Fn::EachMemberEquals', 'Fn::EachMemberEquals: [LIST, VALUE]', args([isListLike, isText])),
      usage('Fn::EachMemberIn', 'Fn::EachMemberIn: [LIST, LIST]', args([isListLike, isListLike])),
      usage('Fn::RefAll', 'Fn::RefAll: TYPE', arg(isPlainText)),
      usage('Fn::ValueOf', 'Fn::ValueOf: [PARAMETER, ATTRIBUTE]', PLAIN, attributeOf),
      usage('Fn::ValueOfAll', 'Fn::ValueOfAll: [TYPE, ATTRIBUTE]', PLAIN, attributeOfAll),
    ),
  },
];
