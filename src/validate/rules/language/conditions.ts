import { isList, isObject, textOf } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { circles } from '../../model/circles.ts';
import { conditionNeeds } from '../../model/needs.ts';
import { beside } from '../base/examples.ts';
import { all, anywhere } from '../base/look.ts';
import { TEMPLATE_REFUSED } from '../base/reasons.ts';
import type { Check, Rule } from '../base/rule.ts';
import { functionPage, guide } from '../base/urls.ts';
import { args, isFunction, isText, usage } from '../base/usage.ts';
import { circle } from './circle.ts';
import { inConditions } from './condition-expressions.ts';
import { unknownCondition } from './condition-names.ts';
import { unused } from './unused.ts';

const PAGE = functionPage('conditions');

/** A template whose condition Chosen is used, and is this expression. */
const condition = (expression: string): string =>
  [
    ...['Parameters:', '  Stage: { Type: String }', 'Conditions:', '  Used: !Equals [!Ref Stage, a]'],
    ...[
      `  Chosen: ${expression}`,
      'Resources:',
      '  Gateway:',
      '    Type: AWS::EC2::InternetGateway',
      '    Condition: Chosen',
    ],
    ...['  Other:', '    Type: AWS::EC2::InternetGateway', '    Condition: Used', ''],
  ].join('\n');

const misfitOfEquals = args([isText, isText]);
const several = args(Array<typeof isFunction>(10).fill(isFunction), 2);

const names: Check = anywhere('Condition', function* ({ argument, path }, model) {
  if (typeof argument === 'string' && path[0] === 'Conditions') yield* unknownCondition(model, argument, path);
});

const inCircles: Check = function* (model) {
  for (const needs of circles(conditionNeeds(model))) yield circle(needs, 'Conditions');
};

/** Whether two values are equal whatever the parameters are; undefined where that depends on them. */
function alwaysEqual(one: Json | undefined, other: Json | undefined): boolean | undefined {
  if (JSON.stringify(one) === JSON.stringify(other)) return true;
  return isObject(one) || isObject(other) ? undefined : textOf(one) === textOf(other);
}

/** Conditions, and the functions that they are made of. */
export const CONDITION_RULES: readonly Rule[] = [
  {
    code: 'E8001',
    name: 'condition',
    message: 'A condition is made of Fn::And, Fn::Or, Fn::Not, Fn::Equals and names of conditions, without a circle.',
    why: TEMPLATE_REFUSED,
    fix: 'Write a function that gives true or false.',
    url: PAGE,
    bad: [
      condition('text # <-'),
      condition('!Condition Usde # <-'),
      condition('{} # <-'),
      condition('!If [Used, true, false] # <-'),
      condition('!Not [!Condition Chosen] # <-'),
    ],
    good: [condition('!Condition Used')],
    check: all(inConditions('condition'), names, inCircles),
  },
  {
    code: 'E8003',
    name: 'equals',
    message: 'Fn::Equals compares two values that are known before any resource is created.',
    why: TEMPLATE_REFUSED,
    fix: 'Write !Equals [One, Other] with parameters, mappings or text.',
    url: PAGE,
    bad: [
      condition('!Equals [!Ref Stage] # <-'),
      condition('!Equals [!GetAtt Other.InternetGatewayId, a] # <-'),
      condition("!Equals [!Sub '${Other}', a] # <-"),
    ],
    good: [condition('!Equals [!Ref Stage, b]')],
    check: all(usage('Fn::Equals', '!Equals [One, Other]', misfitOfEquals), inConditions('Fn::Equals')),
  },
  {
    code: 'W8003',
    name: 'constant-comparison',
    message: 'A comparison is always true, or always false.',
    why: 'Half of the template can never be used.',
    fix: 'Compare a parameter, or delete the condition.',
    url: PAGE,
    bad: [condition('!Equals [a, b] # <-'), condition('!Equals [!Ref Stage, !Ref Stage] # <-')],
    good: [condition('!Equals [!Ref Stage, b]')],
    check: anywhere('Fn::Equals', function* ({ argument, path }) {
      const equal =
        isList(argument) && misfitOfEquals(argument) === undefined ? alwaysEqual(argument[0], argument[1]) : undefined;
      if (equal !== undefined) yield { message: `This comparison is always ${equal}.`, path };
    }),
  },
  {
    code: 'E8004',
    name: 'and',
    message: 'Fn::And takes 2 to 10 conditions.',
    why: TEMPLATE_REFUSED,
    fix: 'Write !And [One, Other].',
    url: PAGE,
    bad: [condition('!And [!Condition Used] # <-')],
    good: [condition('!And [!Condition Used, !Equals [!Ref Stage, b]]')],
    check: all(usage('Fn::And', '!And [2 to 10 conditions]', several), inConditions('Fn::And')),
  },
  {
    code: 'E8005',
    name: 'not',
    message: 'Fn::Not takes one condition.',
    why: TEMPLATE_REFUSED,
    fix: 'Write !Not [Condition].',
    url: PAGE,
    bad: [condition('!Not [!Condition Used, !Condition Used] # <-'), condition('!Not [{ Fn::Equal: [a, b] }] # <-')],
    good: [condition('!Not [!Condition Used]')],
    check: all(usage('Fn::Not', '!Not [Condition]', args([isFunction])), inConditions('Fn::Not')),
  },
  {
    code: 'E8006',
    name: 'or',
    message: 'Fn::Or takes 2 to 10 conditions.',
    why: TEMPLATE_REFUSED,
    fix: 'Write !Or [One, Other].',
    url: PAGE,
    bad: [condition('!Or [!Condition Used] # <-')],
    good: [condition('!Or [!Condition Used, !Equals [!Ref Stage, b]]')],
    check: all(usage('Fn::Or', '!Or [2 to 10 conditions]', several), inConditions('Fn::Or')),
  },
  {
    code: 'W8001',
    name: 'unused-condition',
    message: 'Nothing uses a condition.',
    why: 'Probably a resource was to have it.',
    fix: 'Use it, or delete it.',
    url: guide('conditions-section-structure'),
    bad: [beside('Parameters:', '  Stage: { Type: String }', 'Conditions:', '  Yes: !Equals [!Ref Stage, a] # <-')],
    good: [condition('!Condition Used')],
    check: unused('Conditions', 'condition'),
  },
];
