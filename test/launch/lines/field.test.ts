import { expect, test } from 'vitest';
import { type PageField, takes } from '../../../src/launch/lines/field.ts';

const field = (rules: Partial<PageField>): PageField => ({ name: 'Any', most: 10, advice: '', ...rules });

test.each<[Partial<PageField>, string, boolean]>([
  [{ pattern: '^[a-z]+$' }, 'abc', true],
  [{ pattern: '^[a-z]+$' }, 'abc1', false],
  // CloudFormation tries a pattern on the whole value.
  [{ pattern: '[a-z]+|x' }, 'abc1', false],
  [{ pattern: '.*' }, 'a\nb', false],
  [{ most: 3 }, 'abcd', false],
  [{ least: 2 }, 'a', false],
  [{ values: ['true', 'false'] }, 'true', true],
  [{ values: ['true', 'false'] }, 'TRUE', false],
  [{ range: [0, 5] }, '5', true],
  [{ range: [0, 5] }, '6', false],
  [{ range: [0, 5] }, '', false],
  [{ range: [0, 5] }, '1e0', false],
])('%j takes %j: %j', (rules, value, expected) => {
  expect(takes(field(rules), value)).toBe(expected);
});

test('no pattern is tried on what is longer than the field', () => {
  expect(takes(field({ pattern: '^(a+)+$', most: 20 }), `${'a'.repeat(5000)}!`)).toBe(false);
});
