import { expect, test } from 'vitest';
import { circles } from '../../../src/validate/model/circles.ts';

/** What needs what, as `a: b c`. */
function needs(...lines: readonly string[]) {
  return new Map(
    lines.map((line) => {
      const [name = '', ...targets] = line.split(/:? /);
      return [name, targets.map((target) => ({ target, path: ['Resources', name] }))] as const;
    }),
  );
}

const found = (...lines: readonly string[]) =>
  [...circles(needs(...lines))].map((one) => one.map(({ target }) => target));

test('a circle, and one of a single member', () => {
  expect(found('a: b', 'b: c', 'c: a', 'd: d', 'e: a')).toEqual([['b', 'c', 'a'], ['d']]);
});

test('a member that the first circle leaves out has one of its own', () => {
  // From a the way by b is gone first, and c leads to b, which is done by then.
  const all = found('a: b c', 'b: a', 'c: b');
  expect(all[0]).toEqual(['b', 'a']);
  expect(new Set(all.flat())).toEqual(new Set(['a', 'b', 'c']));
  expect(all).toHaveLength(2);
});

test('what is only between two circles is in none', () => {
  expect(found('a: a b', 'b: c', 'c: c').flat()).toEqual(['a', 'c']);
});
