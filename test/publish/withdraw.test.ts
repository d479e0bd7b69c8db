import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listReleases } from '../../src/publish/list-releases.ts';
import { publishRelease } from '../../src/publish/publish-release.ts';
import { rollback } from '../../src/publish/rollback.ts';
import { withdraw } from '../../src/publish/withdraw.ts';
import type { FolderTarget } from '../../src/release/target.ts';
import { refusalOf } from '../support/refused.ts';
import { smallRelease } from './small-release.ts';

let target: FolderTarget;
beforeEach(() => {
  target = { kind: 'folder', folder: join(mkdtempSync(join(tmpdir(), 'podlaunch-withdraw-')), 'out') };
});
afterEach(() => rmSync(dirname(target.folder), { recursive: true }));

const clock = (day: number) => () => new Date(`2026-11-0${day}T12:00:00.123Z`);
const moved = (day: number) => `2026-11-0${day}T12:00:00.123Z`;
const at = (day: number) => `2026-11-0${day}T12:00:00Z`;
const codes = async (promise: Promise<unknown>) => (await refusalOf(promise)).map(({ code }) => code);
const history = () => JSON.parse(readFileSync(join(target.folder, 'releases.json'), 'utf8'));
const channel = () => JSON.parse(readFileSync(join(target.folder, 'channels/latest.json'), 'utf8')).version;
const [ONE, TWO] = [smallRelease('1.0.0'), smallRelease('2.0.0', 'new')];

describe('what happens to a channel is recorded', () => {
  test('by the clock of the publisher', async () => {
    await publishRelease(ONE, target, { now: clock(1) });
    await publishRelease(TWO, target, { now: clock(2) });
    await rollback('1.0.0', target, { now: clock(3) });
    expect(history()).toEqual({
      releases: [
        { version: '2.0.0', publishedAt: at(2), manifestSha256: TWO.manifest.sha256 },
        { version: '1.0.0', publishedAt: at(1), manifestSha256: ONE.manifest.sha256 },
      ],
      channels: {
        latest: [
          { version: '1.0.0', at: moved(3) },
          { version: '2.0.0', at: moved(2) },
          { version: '1.0.0', at: moved(1) },
        ],
      },
    });
  });

  test('a second run records nothing twice', async () => {
    await publishRelease(ONE, target, { now: clock(1) });
    const before = history();
    await publishRelease(ONE, target, { now: clock(2) });
    await rollback('1.0.0', target, { now: clock(3) });
    expect(history()).toEqual(before);
  });

  test('neither after a publisher whose clock is ahead', async () => {
    await publishRelease(ONE, target, { now: clock(5) });
    await publishRelease(TWO, target, { now: clock(1) });
    const before = history();
    for (const day of [2, 3, 6]) await publishRelease(TWO, target, { now: clock(day) });
    const { latest } = history().channels;
    expect(before.channels.latest).toHaveLength(2);
    // Once, when the wrong clock is caught up with: from then on it is the last again.
    expect(latest.map(({ version, at: when }: any) => [version, when])).toEqual([
      ['2.0.0', moved(6)],
      ['1.0.0', moved(5)],
      ['2.0.0', moved(1)],
    ]);
  });

  test('a place of an older podlaunch begins one, with the date of the release', async () => {
    await publishRelease(ONE, target);
    rmSync(join(target.folder, 'releases.json'));
    const written = Date.now();
    await publishRelease(ONE, target, { now: () => new Date('2030-01-01T00:00:00Z') });
    const [release] = history().releases;
    expect(Math.abs(Date.parse(release.publishedAt) - written)).toBeLessThan(600_000);
    expect(history().channels.latest).toEqual([{ version: '1.0.0', at: '2030-01-01T00:00:00.000Z' }]);
  });

  test('a file that is none is refused before anything is written', async () => {
    await publishRelease(ONE, target);
    writeFileSync(join(target.folder, 'releases.json'), '{"releases": [');
    expect(await codes(publishRelease(TWO, target))).toEqual(['PL4058']);
    expect(await codes(rollback('1.0.0', target))).toEqual(['PL4058']);
    expect(await codes(withdraw('1.0.0', 'x', target))).toEqual(['PL4058']);
    expect(() => readFileSync(join(target.folder, 'releases/2.0.0/manifest.json'))).toThrow('ENOENT');
  });
});

describe('a release that is withdrawn', () => {
  beforeEach(async () => {
    await publishRelease(ONE, target, { now: clock(1) });
    await publishRelease(TWO, target, { now: clock(2) });
  });

  test('is marked, and who still points at it is named', async () => {
    const { release, diagnostics } = await withdraw('2.0.0', 'It loses jobs.', target, { now: clock(3) });
    expect(release.withdrawn).toEqual({ at: at(3), why: 'It loses jobs.' });
    expect(diagnostics.map(({ message }) => message)).toEqual([
      'The channel latest still points at 2.0.0, which is withdrawn.',
    ]);
    expect((await withdraw('1.0.0', 'Old.', target)).diagnostics).toEqual([]);
  });

  test('no channel is pointed at it, until that is taken back', async () => {
    await withdraw('1.0.0', 'It loses jobs.', target);
    expect(await codes(rollback('1.0.0', target))).toEqual(['PL4060']);
    expect(await codes(publishRelease(ONE, target, { channel: 'stable' }))).toEqual(['PL4060']);
    expect(channel()).toBe('2.0.0');
    expect((await withdraw('1.0.0', undefined, target)).release.withdrawn).toBeUndefined();
    expect((await rollback('1.0.0', target)).moved).toBe(true);
  });

  test('even one that the history did not list', async () => {
    rmSync(join(target.folder, 'releases.json'));
    expect((await withdraw('1.0.0', 'Old.', target)).release).toMatchObject({ manifestSha256: ONE.manifest.sha256 });
    expect(await codes(withdraw('3.0.0', 'x', target))).toEqual(['PL4023']);
  });

  test.each([
    ['cut off', (file: string) => writeFileSync(file, '{"schemaVersion": 1, "files": [')],
    ['gone', (file: string) => rmSync(file)],
  ])('although its manifest is %s: that is a reason', async (_, spoil) => {
    spoil(join(target.folder, 'releases/2.0.0/manifest.json'));
    const { release, diagnostics } = await withdraw('2.0.0', 'Its files were changed.', target);
    expect(release.withdrawn?.why).toBe('Its files were changed.');
    expect(diagnostics.map(({ code }) => code)).toEqual(['PL4061']);
    rmSync(join(target.folder, 'releases.json'));
    expect(await codes(withdraw('2.0.0', 'x', target))).toEqual([expect.stringMatching(/PL4002|PL4023/)]);
  });

  test.each(['', ' ', 'a\nb', 'a\u001b[2J', 'x'.repeat(501)])('the reason %j is none', async (why) => {
    expect(await codes(withdraw('1.0.0', why, target))).toEqual(['PL4063']);
  });

  test('the list says so, and where channels point now', async () => {
    await withdraw('1.0.0', 'Old.', target);
    const found = await listReleases(target, { audience: 'public' });
    expect(found.now).toEqual({ latest: '2.0.0' });
    expect(found.releases.map(({ version, withdrawn }) => [version, withdrawn?.why])).toEqual([
      ['2.0.0', undefined],
      ['1.0.0', 'Old.'],
    ]);
    rmSync(join(target.folder, 'channels/latest.json'));
    expect((await listReleases(target, { audience: 'public' })).now).toEqual({});
  });
});
