import { expect, test } from 'vitest';
import type { ListedRelease, ReleaseHistory } from '../../../src/publish/releases/history.ts';
import { updateFaults, updateSteps } from '../../../src/publish/releases/update-path.ts';

/** A release of a list: its version, from which one on it takes updates, and whether it was withdrawn. */
function release(version: string, minimumFrom?: string, withdrawn = false): ListedRelease {
  return {
    ...{ version, publishedAt: '2026-11-01T12:00:00Z', manifestSha256: '0'.repeat(64) },
    ...(minimumFrom !== undefined && { minimumFrom }),
    ...(withdrawn && { withdrawn: { at: '2026-11-02T12:00:00Z', why: 'It is wrong.' } }),
  };
}

const history = (...releases: ListedRelease[]): ReleaseHistory => ({ releases, channels: {} });
const FOUR = release('4.0.0', '3.0.0');

test.each([
  ['one that takes all', '1.0.0', release('2.0.0'), [release('1.5.0')], ['2.0.0']],
  ['the newest that leads there', '1.0.0', FOUR, [release('3.1.0'), release('3.0.0')], ['3.1.0', '4.0.0']],
  [
    'as few as can be',
    '1.0.0',
    FOUR,
    [release('3.1.0', '2.0.0'), release('3.0.0'), release('2.0.0')],
    ['3.0.0', '4.0.0'],
  ],
  ['several', '1.0.0', FOUR, [FOUR, release('3.0.0', '2.0.0'), release('2.0.0')], ['2.0.0', '3.0.0', '4.0.0']],
  ['none that was withdrawn', '1.0.0', FOUR, [release('3.1.0', undefined, true), release('3.0.0')], ['3.0.0', '4.0.0']],
  ['none that is older than the stacks', '2.5.0', FOUR, [release('2.0.0'), release('3.0.0', '3.0.0')], undefined],
  ['what refers to itself', '1.0.0', FOUR, [release('3.0.0', '3.5.0'), release('3.5.0', '3.0.0')], undefined],
])('an update goes through %s', (_, from, to, releases, steps) => {
  expect(updateSteps(from, to, history(...releases))).toEqual(steps);
});

test('a refusal names the way; where nobody knows one, the release that is named', () => {
  const hintOf = (...releases: ListedRelease[]) => updateFaults('1.0.0', FOUR, history(...releases))[0]?.hint;
  const [three, two] = [release('3.0.0', '2.0.0'), release('2.0.0')];
  expect(hintOf(three, two)).toBe('Update the stacks to 2.0.0 first, and then to 3.0.0, then to 4.0.0.');
  expect(hintOf()).toBe('Update the stacks to 3.0.0 first, and then to 4.0.0.');
  expect(updateFaults('3.0.0', FOUR, history())).toEqual([]);
  expect(updateFaults('1.0.0', undefined, history())).toEqual([]);
});
