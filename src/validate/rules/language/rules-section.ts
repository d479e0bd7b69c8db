import type { Path } from '../../../diagnostics/diagnostic.ts';
import { has, isList, isObject } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import type { Model } from '../../model/model.ts';
import { checkShape, type Shape, unknownKeys, wrongKind } from '../../model/shape.ts';
import { beside } from '../base/examples.ts';
import { anywhere } from '../base/look.ts';
import type { Rule } from '../base/rule.ts';
import { guide } from '../base/urls.ts';
import { unknownCondition } from './condition-names.ts';

const REFUSED = 'CloudFormation refuses the template.';
const RULE: Shape = { Assertions: 'list', RuleCondition: 'any' };
const ASSERTION: Shape = { Assert: 'any', AssertDescription: 'text' };

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
    why: 'CloudFormation refuses the template.',
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
    code: 'E8007',
    name: 'condition-in-rules',
    message: 'A rule names a condition that does not exist.',
    why: REFUSED,
    fix: 'Correct the name, or declare it under Conditions.',
    url: guide('rules-section-structure'),
    bad: [beside('Rules:', '  Small:', '    Assertions:', '      - Assert: { Condition: IsSmall } # <-')],
    good: [beside('Rules:', '  Small:', '    Assertions:', '      - Assert: !Equals [!Ref AWS::Region, us-west-2]')],
    check: anywhere('Condition', function* ({ argument, path }, model) {
      if (typeof argument === 'string' && path[0] !== 'Conditions') yield* unknownCondition(model, argument, path);
    }),
  },
];
