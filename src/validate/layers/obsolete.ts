import type { Finding } from '../model/finding.ts';
import type { Model } from '../model/model.ts';
import { type Need, resourceNeeds } from './needs.ts';

/** DependsOn that says what a reference says anyway. */
export function* obsolete(template: Model): Generator<Finding> {
  for (const [name, needs] of resourceNeeds(template)) {
    for (const { target, path } of needs.filter(isDependsOn)) {
      const other = needs.find((need) => need.target === target && !isDependsOn(need));
      if (!other || target === name) continue;
      yield {
        code: 'W3005',
        message: `${name} waits for ${target} anyway, because it refers to it.`,
        path,
        hint: 'Delete this DependsOn.',
        related: [{ message: 'The reference', path: other.path }],
      };
    }
  }
}

function isDependsOn({ path }: Need): boolean {
  return path[2] === 'DependsOn';
}
