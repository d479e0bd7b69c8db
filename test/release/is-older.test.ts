import { expect, test } from 'vitest';
import { isOlder } from '../../src/release/is-older.ts';

// In order, by https://semver.org.
const ORDER = [
  '0.9',
  '1.0.0-alpha',
  '1.0.0-alpha.1',
  '1.0.0-alpha.beta',
  '1.0.0-beta.2',
  '1.0.0-beta.11',
  '1.0.0-rc.1',
];
const VERSIONS = [...ORDER, '1.0.0', 'v1.0.1', '1.2', '1.10.0', '2026.11.27'];

test('each version is older than all that come after it, and than none before', () => {
  for (const [i, a] of VERSIONS.entries()) {
    for (const [j, b] of VERSIONS.entries()) expect(isOlder(a, b), `${a} ${b}`).toBe(i < j);
  }
});

test.each([
  ['1.0', '1.0.0'],
  ['v1.0.0', '1.0.0'],
  ['0.1.0-8b6a93a8', '0.1.0-12345678'],
  ['0.1.0-12345678', '0.1.0-8b6a93a8'],
  ['0.1.0-8b6a93a8', '0.1.0'],
  ['latest', '1.0.0'],
  ['1.0.0', 'nightly'],
])('%s and %s: nobody can tell', (a, b) => {
  expect(isOlder(a, b)).toBe(false);
});

test('an edit of an older podlaunch is older', () => {
  expect(isOlder('0.1.0-8b6a93a8', '2.0.0')).toBe(true);
});
