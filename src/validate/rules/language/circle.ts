import type { Need } from '../../model/needs.ts';
import type { Hit } from '../base/rule.ts';

/** A circle in which resources or conditions need each other, at its first member. */
export function circle(needs: readonly Need[], section: string): Hit {
  const first = needs.at(-1)!.target;
  const round = [first, ...needs.map(({ target }) => target)].join(' -> ');
  return {
    message: needs.length === 1 ? `${first} needs itself.` : `These need each other: ${round}.`,
    path: [section, first],
    part: 'key',
    hint: 'Break the circle: move what one needs of the other into a resource of its own.',
    related: needs.map(({ target, path }) => ({ message: `${String(path[1])} needs ${target}`, path })),
  };
}
