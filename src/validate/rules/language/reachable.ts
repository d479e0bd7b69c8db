import { ifParts } from '../../../document/intrinsics.ts';
import { knownAt } from '../../model/availability.ts';
import { type ConditionValues, isPossible, outcomes } from '../../model/conditions.ts';
import type { Model } from '../../model/model.ts';
import { CONDITION } from '../base/examples.ts';
import { across } from '../base/look.ts';
import type { Hit, Rule } from '../base/rule.ts';
import { functionPage, guide } from '../base/urls.ts';

const GATEWAY = 'Resources:\n  Gateway: { Type: AWS::EC2::InternetGateway, Condition: Chosen }\n';

/** A template whose condition Chosen is this expression. */
const chosen = (expression: string): string =>
  `Parameters:\n  Stage: { Type: String, AllowedValues: [test, live] }\nConditions:\n  Chosen: ${expression}\n${GATEWAY}`;

/** An output of a template that is there under the condition IsProduction. */
const output = (value: string): string =>
  [
    ...CONDITION,
    '  IsTest: !Not [!Condition IsProduction]',
    'Resources:',
    '  Gateway: { Type: AWS::EC2::InternetGateway, Condition: IsTest }',
    'Outputs:',
    '  Out:',
    '    Condition: IsProduction',
    `    Value: ${value}`,
    '',
  ].join('\n');

/** Conditions that turn out in one way whatever parameters are. What compares two texts is said to be constant itself. */
function* constant(model: Model): Generator<Hit> {
  for (const [name, expression] of Object.entries(model.conditions)) {
    if (typeof expression === 'boolean' || isOfTexts(expression)) continue;
    const [only, more] = outcomes(model, [name], new Map()) ?? [];
    if (only === undefined || more !== undefined) continue;
    yield {
      path: ['Conditions', name],
      part: 'key',
      message: `The condition ${name} is ${only.get(name) ? 'always' : 'never'} true, whatever the parameters are.`,
    };
  }
}

function isOfTexts(expression: Model['root'][string]): boolean {
  return !JSON.stringify(expression).includes('{"Ref"') && !JSON.stringify(expression).includes('"Condition"');
}

/** Branches of Fn::If that what is known at the place excludes. */
function* unreachable(model: Model): Generator<Hit> {
  for (const { argument, path } of model.callsOf('Fn::If')) {
    const [name] = ifParts({ 'Fn::If': argument }) ?? [];
    const known = name === undefined ? undefined : knownAt(model, path);
    if (name === undefined || !known || known.size === 0 || !isPossible(model, known)) continue;
    for (const [index, value] of [[1, true] as const, [2, false] as const]) {
      if (canBe(model, known, name, value)) continue;
      const where = [...known].map(([one, is]) => `${one} is ${is}`).join(' and ');
      const why = known.has(name) ? `${name} is ${!value} here` : `where ${where}, ${name} is ${!value}`;
      yield { path: [...path, index], message: `This branch is never taken: ${why}.` };
    }
  }
}

function canBe(model: Model, known: ConditionValues, name: string, value: boolean): boolean {
  if (known.has(name)) return known.get(name) === value;
  return isPossible(model, new Map([...known, [name, value]]));
}

/** What conditions make impossible. */
export const REACHABLE_RULES: readonly Rule[] = [
  {
    code: 'W1028',
    name: 'unreachable-branch',
    message: 'A branch of Fn::If is never taken: the conditions around it exclude it.',
    why: 'It looks like a choice that nobody has.',
    fix: 'Write the value of the other branch alone, or correct the condition.',
    url: functionPage('conditions'),
    bad: [output('!If [IsProduction, a, b] # <-'), output('!If [IsTest, a, b] # <-')],
    good: [output('a'), output('!If [IsProduction, a, b]').replace('    Condition: IsProduction\n', '')],
    check: across(unreachable),
  },
  {
    code: 'PL3190',
    name: 'constant-condition',
    severity: 'info',
    message: 'A condition is always true, or never, whatever the parameters are.',
    why: 'What depends on it is always made, or never.',
    fix: 'Correct what it compares, or the allowed values of the parameter, or delete it.',
    url: guide('conditions-section-structure'),
    bad: [
      chosen('!Equals [!Ref Stage, prod]').replace('Chosen:', 'Chosen: # <-\n   '),
      chosen('!Or [!Equals [!Ref Stage, test], !Equals [!Ref Stage, live]]').replace('Chosen:', 'Chosen: # <-\n   '),
      chosen('!And [!Equals [!Ref Stage, test], !Equals [!Ref Stage, live]]').replace('Chosen:', 'Chosen: # <-\n   '),
    ],
    good: [chosen('!Equals [!Ref Stage, live]')],
    check: across(constant),
  },
];
