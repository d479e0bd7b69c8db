import { beside } from './examples.ts';
import type { Rule } from './rule.ts';
import { functionPage, guide } from './urls.ts';

const PAGE = functionPage('conditions');
const REFUSED = 'CloudFormation refuses the template.';

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

/** Conditions, and the functions that they are made of. */
export const CONDITION_RULES: readonly Rule[] = [
  {
    code: 'E8001',
    name: 'condition',
    message: 'A condition is made of Fn::And, Fn::Or, Fn::Not, Fn::Equals and names of conditions, without a circle.',
    why: REFUSED,
    fix: 'Write a function that gives true or false.',
    url: PAGE,
    bad: [condition('text # <-'), condition('!Condition Usde # <-'), condition('{} # <-')],
    good: [condition('!Condition Used')],
  },
  {
    code: 'E8003',
    name: 'equals',
    message: 'Fn::Equals compares two values that are known before any resource is created.',
    why: REFUSED,
    fix: 'Write !Equals [One, Other] with parameters, mappings or text.',
    url: PAGE,
    bad: [condition('!Equals [!Ref Stage] # <-'), condition('!Equals [!GetAtt Other.InternetGatewayId, a] # <-')],
    good: [condition('!Equals [!Ref Stage, b]')],
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
  },
  {
    code: 'E8004',
    name: 'and',
    message: 'Fn::And takes 2 to 10 conditions.',
    why: REFUSED,
    fix: 'Write !And [One, Other].',
    url: PAGE,
    bad: [condition('!And [!Condition Used] # <-')],
    good: [condition('!And [!Condition Used, !Equals [!Ref Stage, b]]')],
  },
  {
    code: 'E8005',
    name: 'not',
    message: 'Fn::Not takes one condition.',
    why: REFUSED,
    fix: 'Write !Not [Condition].',
    url: PAGE,
    bad: [condition('!Not [!Condition Used, !Condition Used] # <-')],
    good: [condition('!Not [!Condition Used]')],
  },
  {
    code: 'E8006',
    name: 'or',
    message: 'Fn::Or takes 2 to 10 conditions.',
    why: REFUSED,
    fix: 'Write !Or [One, Other].',
    url: PAGE,
    bad: [condition('!Or [!Condition Used] # <-')],
    good: [condition('!Or [!Condition Used, !Equals [!Ref Stage, b]]')],
  },
  {
    code: 'E8007',
    name: 'condition-in-rules',
    message: 'A rule names a condition that does not exist.',
    why: REFUSED,
    fix: 'Correct the name, or declare it under Conditions.',
    url: guide('rules-section-structure'),
    bad: [beside('Rules:', '  Small:', '    Assertions:', '      - Assert: { Condition: IsSmall } # <-')],
    good: [beside('Rules:', '  Small:', '    Assertions:', '      - Assert: !Equals [!Ref AWS::Region, us-west-2]')],
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
  },
];
