import type { Path } from '../../../diagnostics/diagnostic.ts';
import { has, isObject } from '../../../document/intrinsics.ts';
import { type Model, objectAt } from '../../model/model.ts';
import { didYouMean } from '../../model/shape.ts';
import { literal } from '../base/look.ts';
import type { Check, Hit } from '../base/rule.ts';

/** A name of a condition that the template does not declare. */
export function* unknownCondition({ conditions, hasMacros, mayMake }: Model, name: string, path: Path): Generator<Hit> {
  if (has(conditions, name) || hasMacros || mayMake('Conditions', name)) return;
  yield {
    message: `${name} is not a condition of this template.`,
    path,
    hint: didYouMean(name, () => Object.keys(conditions), 'Declare it under Conditions.'),
  };
}

/** The key Condition of a section's entries. */
export function conditionKeys(section: string): Check {
  return function* (model) {
    for (const [name, entry] of Object.entries(objectAt(model.root, section))) {
      const condition = isObject(entry) ? literal(entry['Condition']) : undefined;
      if (condition !== undefined) yield* unknownCondition(model, condition, [section, name, 'Condition']);
    }
  };
}
