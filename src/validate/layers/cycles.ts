import type { Finding } from '../model/finding.ts';
import type { Model } from '../model/model.ts';
import { conditionNeeds, type Need, type Needs, resourceNeeds } from './needs.ts';

/** Resources, or conditions, that need each other in a circle: CloudFormation could make none of them first. */
export function* cycles(template: Model): Generator<Finding> {
  if (!template.hasMacros) yield* circles(resourceNeeds(template), 'Resources', 'E3004');
  yield* circles(conditionNeeds(template), 'Conditions', 'E8001');
}

/**
 * One finding for each circle, told from its first member on. Walks the needs depth first, without recursion. A circle
 * whose closing need joins two that were in circles before is not told: where all need each other there are millions.
 */
function* circles(needs: Needs, section: string, code: string): Generator<Finding> {
  const done = new Set<string>();
  const told = new Set<string>();
  for (const start of needs.keys()) {
    const way: { name: string; via: Need | undefined; next: number }[] = [];
    const depth = new Map<string, number>();
    const enter = (name: string, via: Need | undefined): void => {
      depth.set(name, way.length);
      way.push({ name, via, next: 0 });
    };
    if (!done.has(start)) enter(start, undefined);
    while (way.length > 0) {
      const top = way.at(-1)!;
      const need = needs.get(top.name)![top.next++];
      if (need === undefined) {
        done.add(top.name);
        way.pop();
        depth.delete(top.name);
      } else if (!done.has(need.target)) {
        const from = depth.get(need.target);
        if (from === undefined) {
          enter(need.target, need);
        } else if (!told.has(top.name) || !told.has(need.target)) {
          for (const { name } of way.slice(from)) told.add(name);
          yield circle([...way.slice(from + 1).map(({ via }) => via!), need], section, code);
        }
      }
    }
  }
}

/** The finding about a circle; the last need closes it. */
function circle(needs: readonly Need[], section: string, code: string): Finding {
  const first = needs.at(-1)!.target;
  const round = [first, ...needs.map(({ target }) => target)].join(' -> ');
  return {
    code,
    message: needs.length === 1 ? `${first} needs itself.` : `These need each other: ${round}.`,
    path: [section, first],
    part: 'key',
    hint: 'Break the circle: move what one needs of the other into a resource of its own.',
    related: needs.map(({ target, path }) => ({ message: `${String(path[1])} needs ${target}`, path })),
  };
}
