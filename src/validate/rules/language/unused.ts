import { objectAt } from '../../model/model.ts';
import { type UsedNames, usedNames } from '../../model/used-names.ts';
import { across } from '../base/look.ts';
import type { Check } from '../base/rule.ts';

/** Entries of a section that nothing in the template uses. */
export function unused(section: keyof UsedNames, kind: string): Check {
  return across(function* (model) {
    // What a macro brings in may use anything.
    if (model.local.length > 0) return;
    const used = usedNames(model)[section];
    for (const name of Object.keys(objectAt(model.root, section)))
      if (used !== 'all' && !used.has(name))
        yield { message: `The ${kind} ${name} is not used.`, path: [section, name], part: 'key' };
  });
}
