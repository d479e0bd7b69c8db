import type { FormGroup } from './stack.ts';

type Groups = ReadonlyMap<string, readonly string[]>;

/**
 * The form of a stack that has groups of its own: a parameter is in the first group that names it, else in the first that
 * takes what is left of its group. What no group takes keeps its title, at the end.
 */
export function arranged(made: Groups, form: readonly FormGroup[]): Groups {
  const groups = new Map<string, readonly string[]>();
  const isNamed = (name: string) => form.some(({ parameters = [] }) => parameters.includes(name));
  const rest = new Map([...made].map(([title, names]) => [title, names.filter((name) => !isNamed(name))]));
  const all = new Set([...made.values()].flat());
  for (const { title, parameters = [], groups: taken = [] } of form) {
    const takes = (other: string) => taken.some((one) => (typeof one === 'string' ? one === other : one.test(other)));
    const left = [...rest].filter(([other]) => takes(other));
    const names = [...parameters.filter((name) => all.has(name)), ...left.flatMap(([, names]) => names)];
    if (names.length > 0) groups.set(title, names);
    for (const [other] of left) rest.delete(other);
  }
  for (const [title, names] of rest) if (names.length > 0) groups.set(title, names);
  return groups;
}
