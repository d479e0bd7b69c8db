import { expect, test } from 'vitest';
import { remember, rememberLike, stackOf, withoutStacks } from '../../src/aws/frames.ts';

test('where an object was made is remembered, but not of what is made without stacks', () => {
  const made = remember({});
  expect(stackOf(made)).toContain('frames.test.ts');
  const without = withoutStacks(() => [remember({}), rememberLike({}, made)]);
  expect(without.map(stackOf)).toEqual([undefined, undefined]);
});

test('after something without stacks they are remembered again, also when it throws', () => {
  withoutStacks(() => withoutStacks(() => ({})));
  expect(stackOf(remember({}))).toContain('frames.test.ts');
  const fault = new Error('not made');
  expect(() =>
    withoutStacks(() => {
      throw fault;
    }),
  ).toThrow(fault);
  expect(stackOf(remember({}))).toContain('frames.test.ts');
});
