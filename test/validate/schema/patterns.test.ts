import { expect, test } from 'vitest';
import { matches } from '../../../src/validate/schema/patterns.ts';

test.each([
  ['^\\p{Print}+$', 'a name', true],
  ['^\\p{Print}+$', 'a\tb', false],
  ['^[\\p{Graph}\\x20]+$', 'a name', true],
  ['^[^\\p{Graph}]+$', 'a', false],
  ['^\\p{L}+$', 'Größe', true],
  ['^\\p{L}+$', 'a1', false],
  // Not a pattern of JavaScript with the flag u, and \\p is no class without it: nothing is claimed.
  ['^[\\p{L}\\_]+$', '1', true],
  ['\\A[a-z]+\\Z', 'a1', false],
  ['^[a-z\\_]+$', 'a1', false],
  ['^a*+$', 'b', true],
])('%s in %j: %s', (pattern, text, found) => {
  expect(matches(pattern, text)).toBe(found);
});
