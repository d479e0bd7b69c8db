import { expect, test } from 'vitest';
import { patternMatcher } from '../../src/document/pattern-match.ts';

test.each([
  ['^$|^[a-z]+(-[a-z]+)*$', '', true],
  ['^$|^[a-z]+(-[a-z]+)*$', 'a-b', true],
  ['^$|^[a-z]+(-[a-z]+)*$', 'a-', false],
  ['[a-z]+.[a-z]+', 'a.b', true],
  ['[a-z]+', 'a1', false],
  ['(?i)a', 'A', undefined],
])('%s: %j', (pattern, text, expected) => {
  const matcher = patternMatcher();
  expect(matcher.matches(pattern, text)).toBe(expected);
  expect([...matcher.tooSlow]).toEqual([]);
});

test.each([
  ['a group repeated', '(a+)+', `${'a'.repeat(60)}!`],
  ['alternatives repeated', '(a|aa)+', `${'a'.repeat(60)}!`],
  ['many alternatives in a short text', '(a|a|a|a|a|a|a|a|a|a)+', 'aaaaaaaaaaa!'],
  ['many repeats side by side', 'a*a*a*a*a*a*a*a*a*a*a*b', `${'a'.repeat(200)}bc`],
  ['many that may be there side by side', `${'a?'.repeat(40)}b`, `${'a'.repeat(40)}c`],
  ['many with a bound side by side', `${'a{0,40}'.repeat(12)}b`, `${'a'.repeat(40)}c`],
  ['many of two forms side by side', `${'(a|aa)'.repeat(40)}b`, `${'a'.repeat(60)}c`],
])('what would take for ever is given up: %s', (_, pattern, text) => {
  const matcher = patternMatcher();
  const before = performance.now();
  expect(matcher.matches(pattern, text)).toBeUndefined();
  expect([...matcher.tooSlow]).toEqual([pattern]);
  expect(performance.now() - before).toBeLessThan(10_000);
});

test('a text that is empty is answered without a deadline, whatever the pattern', () => {
  const matcher = patternMatcher();
  for (const pattern of ['(a*)*', '((a?)*)*', '(a+)+b', '(|a)*']) {
    expect(matcher.matches(pattern, '')).toBe(new RegExp(`^(?:${pattern})$`).test(''));
  }
  expect(matcher.tooSlow.size).toBe(0);
});

test('many patterns under one deadline: the slow one is given up, the others are answered', () => {
  const matcher = patternMatcher();
  const slow = `${'a'.repeat(60)}!`;
  let begun = 0;
  const answers = matcher.forMany(() => {
    begun++;
    return [matcher.matches('(a-?)+', 'a-a'), matcher.matches('(a+)+', slow), matcher.matches('(b-?)+', 'a')];
  });
  expect(answers).toEqual([true, undefined, false]);
  expect([...matcher.tooSlow]).toEqual(['(a+)+']);
  // Without a deadline, under one for all, and with one for each.
  expect(begun).toBe(3);
});

test('many patterns that are quick need the work once, and what it throws is thrown', () => {
  const matcher = patternMatcher();
  let begun = 0;
  expect(matcher.forMany(() => [++begun, matcher.matches('(a-?)+', 'a-a')])).toEqual([1, true]);
  expect(() =>
    matcher.forMany(() => {
      throw new TypeError('mine');
    }),
  ).toThrow('mine');
});

test('nothing is left behind in the global scope', () => {
  patternMatcher().matches('(a+)+', 'aa');
  expect(Object.getOwnPropertySymbols(globalThis).map(String)).not.toContain('Symbol(podlaunch.task)');
});
