import { expect, test } from 'vitest';
import { offeredReleases, pathsOfManifest } from '../../../src/launch/lines/published.ts';
import { publishedChannel } from '../../../src/release/channel.ts';

const sha = 'c'.repeat(64);
const release = { version: '1.0.0', publishedAt: '2026-11-27T12:00:00Z', manifestSha256: sha };

test('releases, and why one was withdrawn', () => {
  const withdrawn = { ...release, withdrawn: { at: '2026-11-28T12:00:00Z', why: 'It loses data' } };
  expect(offeredReleases({ releases: [release, withdrawn] })).toEqual([
    release,
    { ...release, withdrawn: 'It loses data' },
  ]);
});

test('a withdrawal that cannot be read is one all the same', () => {
  for (const withdrawn of [{}, true, 'x', [], { why: 7 }])
    expect(offeredReleases({ releases: [{ ...release, withdrawn }] })).toEqual([
      { ...release, withdrawn: 'no reason is given' },
    ]);
});

test.each([
  [null],
  ['text'],
  [{ releases: 'x' }],
  [{ releases: [null, 7, []] }],
  [{ releases: [{ ...release, version: '../../evil' }] }],
  [{ releases: [{ ...release, version: '1.0.0\u001b[31m' }] }],
  [{ releases: [{ ...release, manifestSha256: 'x' }] }],
  [{ releases: [{ ...release, publishedAt: '<b>' }] }],
])('what is no release is left out: %j', (value) => {
  expect(offeredReleases(value)).toEqual([]);
});

test('a list is cut, and so is a reason', () => {
  expect(offeredReleases({ releases: Array(5000).fill(release) })).toHaveLength(100);
  const why = 'x'.repeat(100_000);
  expect(offeredReleases({ releases: [{ ...release, withdrawn: { why } }] })[0]?.withdrawn).toHaveLength(500);
});

test('a channel is the file of that name with a version and a hash', () => {
  const file = { channel: 'latest', version: '1.0.0', manifestSha256: sha };
  expect(publishedChannel(file, 'latest')).toEqual({ version: '1.0.0', manifestSha256: sha });
  expect(publishedChannel(file, 'stable')).toBeUndefined();
  expect(publishedChannel({ ...file, version: 'a b' }, 'latest')).toBeUndefined();
  expect(publishedChannel(undefined, 'latest')).toBeUndefined();
});

test('a manifest is one of that version, with files', () => {
  expect(pathsOfManifest({ version: '1', files: [{ path: 'a' }, {}, null] }, '1')).toEqual(['a']);
  expect(pathsOfManifest({ version: '2', files: [] }, '1')).toBeUndefined();
  expect(pathsOfManifest({ version: '1' }, '1')).toBeUndefined();
});
