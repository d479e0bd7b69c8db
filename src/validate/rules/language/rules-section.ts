import type { Path } from '../../../diagnostics/diagnostic.ts';
import { has, isList, isObject, RULE_FUNCTIONS } from '../../../document/intrinsics.ts';
import { isKind } from '../../../document/kind.ts';
import type { Json } from '../../../document/template-document.ts';
import type { Model } from '../../model/model.ts';
import { checkShape, type Shape, unknownKeys, wrongKind } from '../../model/shape.ts';
import { beside } from '../base/examples.ts';
import { across, all } from '../base/look.ts';
import { TEMPLATE_REFUSED } from '../base/reasons.ts';
import type { Check, Rule } from '../base/rule.ts';
import { guide } from '../base/urls.ts';

const RULE: Shape = { Assertions: 'list', RuleCondition: 'any' };
const ASSERTION: Shape = { Assert: 'any', AssertDescription: 'text' };

/** A template with the rule Small, and a condition. */
const rule = (...lines: readonly string[]): string =>
  beside(
    'Conditions:',
    '  IsA: !Equals [!Ref AWS::Region, a]',
    'Rules:',
    '  Small:',
    ...lines.map((line) => `    ${line}`),
  );

const ALLOWED: ReadonlySet<string> = new Set([...RULE_FUNCTIONS, 'Ref', 'Fn::And', 'Fn::Equals', 'Fn::Not', 'Fn::Or']);

/** Functions that rules do not have, in a part of them. */
function foreignFunctions(part: string): Check {
  return across(function* ({ calls }) {
    for (const { name, path } of calls)
      if (path[0] === 'Rules' && path[2] === part && !ALLOWED.has(name))
        yield { message: `A rule cannot have ${name} in it.`, path, part: 'key' };
  });
}

function* assertions({ rules }: Model): Generator<readonly [assertion: Json, path: Path]> {
  for (const [name, rule] of Object.entries(rules)) {
    const list = isObject(rule) ? rule['Assertions'] : undefined;
    for (const [index, one] of isList(list) ? list.entries() : []) yield [one, ['Rules', name, 'Assertions', index]];
  }
}

/** The section Rules. */
export const RULES_SECTION_RULES: readonly Rule[] = [
  {
    code: 'E1700',
    name: 'rules-section',
    message: 'A rule must have Assertions, each with Assert and perhaps AssertDescription.',
    why: TEMPLATE_REFUSED,
    fix: 'Correct the keys of the rule.',
    url: guide('rules-section-structure'),
    bad: [beside('Rules:', '  Small: {} # <-')],
    good: [beside('Rules:', '  Small:', '    Assertions:', '      - Assert: !Equals [a, a]')],
    *check(model) {
      for (const [name, rule] of Object.entries(model.rules))
        yield* checkShape(rule, ['Rules', name], RULE, ['Assertions']);
      for (const [one, path] of assertions(model)) {
        // CloudFormation takes an assertion with other keys beside its own.
        const known = isObject(one) ? Object.entries(one).filter(([key]) => has(ASSERTION, key)) : [];
        if (isObject(one)) yield* checkShape(Object.fromEntries(known), path, ASSERTION, ['Assert']);
        else yield wrongKind(one, path, 'mapping');
      }
    },
  },
  {
    code: 'PL3051',
    name: 'assertion-key',
    severity: 'warning',
    message: 'An assertion has the keys Assert and AssertDescription and no others.',
    why: 'CloudFormation takes the template, and leaves the key out: nobody sees the description.',
    fix: 'Correct the key.',
    url: guide('rules-section-structure'),
    bad: [
      beside(
        'Rules:',
        '  Small:',
        '    Assertions:',
        '      - Assert: !Equals [!Ref AWS::Region, us-west-2]',
        '        Description: West only. # <-',
      ),
    ],
    good: [
      beside(
        'Rules:',
        '  Small:',
        '    Assertions:',
        '      - Assert: !Equals [!Ref AWS::Region, us-west-2]',
        '        AssertDescription: West only.',
      ),
    ],
    *check(model) {
      for (const [one, path] of assertions(model))
        if (isObject(one)) yield* unknownKeys(one, path, Object.keys(ASSERTION));
    },
  },
  {
    code: 'E1701',
    name: 'assertion-functions',
    message: 'An assertion is a comparison, with Ref and the functions of rules alone.',
    why: 'CloudFormation refuses the template: rules are worked out before conditions, mappings and resources.',
    fix: 'Compare parameters with Ref, Fn::ValueOf or Fn::RefAll.',
    url: guide('rules-section-structure'),
    bad: [
      rule('Assertions: [{ Assert: { Condition: IsA } }] # <-'),
      rule('Assertions: [{ Assert: !Equals [!If [IsA, a, b], a] }] # <-'),
      rule('Assertions: [{ Assert: is in us-west-2 }] # <-'),
    ],
    good: [rule('Assertions: [{ Assert: !Equals [!Ref AWS::Region, us-west-2] }]')],
    check: all(foreignFunctions('Assertions'), function* (model) {
      for (const [one, path] of assertions(model)) {
        const assert = isObject(one) ? one['Assert'] : undefined;
        if (assert !== undefined && !isObject(assert) && !isKind(assert, 'boolean'))
          yield {
            message: 'Assert must be a comparison, such as !Equals [!Ref Stage, test].',
            path: [...path, 'Assert'],
          };
      }
    }),
  },
  {
    code: 'E1702',
    name: 'rule-condition-functions',
    message: 'The RuleCondition of a rule can only have Ref and the functions of rules.',
    why: 'CloudFormation refuses the template: rules are worked out before conditions, mappings and resources.',
    fix: 'Write the comparison itself.',
    url: guide('rules-section-structure'),
    bad: [rule('RuleCondition: !Condition IsA # <-', 'Assertions: [{ Assert: !Equals [a, b] }]')],
    good: [rule('RuleCondition: !Equals [!Ref AWS::Region, us-west-2]', 'Assertions: [{ Assert: !Equals [a, b] }]')],
    check: foreignFunctions('RuleCondition'),
  },
];
