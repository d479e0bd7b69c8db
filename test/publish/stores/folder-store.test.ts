import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PublishEvent } from '../../../src/publish/events.ts';
import { planText } from '../../../src/publish/plan.ts';
import { publishRelease } from '../../../src/publish/publish-release.ts';
import { rollback } from '../../../src/publish/rollback.ts';
import { openFolderStore } from '../../../src/publish/stores/folder-store.ts';
import type { FolderTarget } from '../../../src/release/target.ts';
import { refusalOf } from '../../support/refused.ts';
import { smallRelease } from '../small-release.ts';

let folder: string;
let target: FolderTarget;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'podlaunch-folder-')), 'out');
  target = { kind: 'folder', folder };
});
afterEach(() => rmSync(dirname(folder), { recursive: true }));

const all = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
const channel = (name = 'latest') => JSON.parse(readFileSync(join(folder, 'channels', `${name}.json`), 'utf8'));
const codes = async (promise: Promise<unknown>) => (await refusalOf(promise)).map(({ code }) => code);

describe('publish to a folder', () => {
  test('writes the whole release and then the channel, with no unfinished file left', async () => {
    const release = smallRelease('1');
    const { announced, plan } = await publishRelease(release, target);
    expect(announced).toBe(true);
    expect(plan.missing).toHaveLength(release.files.length);
    expect(all()).toEqual(
      [
        'channels/latest.json',
        'releases.json',
        'releases/1/manifest.json',
        ...release.files.map(({ path }) => `releases/1/${path}`),
      ].sort(),
    );
    for (const { path, bytes } of [...release.files, release.manifest]) {
      expect(readFileSync(join(folder, 'releases/1', path)).equals(bytes), path).toBe(true);
    }
    expect(channel()).toEqual({ channel: 'latest', version: '1', manifestSha256: release.manifest.sha256 });
  });

  test('tells what it does, the channel last', async () => {
    const events: PublishEvent[] = [];
    const release = smallRelease('1');
    await publishRelease(release, target, { onEvent: (event) => events.push(event) });
    const count = release.files.length;
    const uploads = Array(count).fill('uploaded');
    expect(events.map(({ kind }) => kind)).toEqual(['started', 'planned', ...uploads, 'announced']);
    expect(events.at(-2)).toMatchObject({ done: count, of: count });
  });

  test('what a killed process left unfinished is removed, but not what another one may be writing', async () => {
    const old = join(folder, '.unfinished/1-old');
    const young = join(folder, '.unfinished/2-young');
    mkdirSync(dirname(old), { recursive: true });
    for (const path of [old, young]) writeFileSync(path, '');
    utimesSync(old, new Date(0), new Date(0));
    await publishRelease(smallRelease('1'), target);
    expect(readdirSync(join(folder, '.unfinished'))).toEqual(['2-young']);
  });

  test('a second time writes nothing', async () => {
    await publishRelease(smallRelease('1'), target);
    const { plan } = await publishRelease(smallRelease('1'), target);
    expect(plan).toMatchObject({ claimed: true, announced: true, missing: [] });
  });

  test('a dry run writes nothing, and says what would be done', async () => {
    const release = smallRelease('1');
    const { plan, announced } = await publishRelease(release, target, { dryRun: true });
    expect(announced).toBe(false);
    expect(readdirSync(dirname(folder))).toEqual([]);
    const lines = planText('out', plan).split('\n');
    expect(lines[0]).toBe('Release 1 in out/releases/1/');
    expect(lines).toContain('  write    manifest.json');
    expect(lines.filter((line) => line.startsWith('  write'))).toHaveLength(release.files.length + 1);
    expect(lines.at(-2)).toBe('Channel latest -> 1');
  });

  test('what an interrupted run left is completed', async () => {
    const release = smallRelease('1');
    const store = openFolderStore(folder);
    await store.putIfAbsent('releases/1/manifest.json', release.manifest);
    await store.putIfAbsent(`releases/1/${release.files[0]!.path}`, release.files[0]!);
    const { plan } = await publishRelease(release, target);
    expect(plan.claimed).toBe(true);
    expect(plan.missing.map(({ path }) => path)).toEqual(release.files.slice(1).map(({ path }) => path));
    expect(all()).toHaveLength(release.files.length + 3);
  });

  test('the same version with other bytes is refused, and says what differs', async () => {
    await publishRelease(smallRelease('1'), target);
    const before = all().map((path) => readFileSync(join(folder, path), 'utf8'));
    const findings = await refusalOf(publishRelease(smallRelease('1', 'other'), target));
    expect(findings.map(({ code }) => code)).toEqual(['PL4020']);
    expect(findings[0]!.hint).toMatch(/another version \(--version, or release\.version in podlaunch\.yaml\)/);
    expect(findings[0]!.related.map(({ message }) => message)).toContain('templates/cluster.yaml differs');
    expect(all().map((path) => readFileSync(join(folder, path), 'utf8'))).toEqual(before);
  });

  test('a file that was changed by hand is refused, each by its name', async () => {
    await publishRelease(smallRelease('1'), target);
    for (const path of ['assets.json', 'templates/cluster.yaml']) writeFileSync(join(folder, 'releases/1', path), 'x');
    expect(await codes(publishRelease(smallRelease('1'), target))).toEqual(['PL4021', 'PL4021']);
  });

  test('what is no manifest or channel is refused', async () => {
    mkdirSync(join(folder, 'releases/1'), { recursive: true });
    writeFileSync(join(folder, 'releases/1/manifest.json'), '{');
    expect(await codes(publishRelease(smallRelease('1'), target))).toEqual(['PL4002']);
    mkdirSync(join(folder, 'channels'));
    writeFileSync(join(folder, 'channels/latest.json'), '[]');
    expect(await codes(publishRelease(smallRelease('2'), target))).toEqual(['PL4024']);
    expect(all()).toEqual(['channels/latest.json', 'releases/1/manifest.json']);
  });

  test('wrong names are refused before anything is read', async () => {
    expect(await codes(publishRelease(smallRelease('1'), target, { channel: '../x' }))).toEqual(['PL4015']);
    expect(await codes(publishRelease(smallRelease('1'), target, { audience: 'all' }))).toEqual(['PL4016']);
  });
});

describe('two publishers at once', () => {
  test('of the same release: both end well, and it is complete', async () => {
    const release = smallRelease('1');
    await Promise.all(Array.from({ length: 8 }, () => publishRelease(release, target)));
    expect(all()).toHaveLength(release.files.length + 3);
    expect(channel().manifestSha256).toBe(release.manifest.sha256);
  });

  test('of one version with other bytes: one wins with all its files, the others are refused', async () => {
    const releases = ['a', 'b', 'c', 'd'].map((mark) => smallRelease('1', mark));
    const ends = await Promise.allSettled(releases.map((release) => publishRelease(release, target)));
    const winner = releases[ends.findIndex(({ status }) => status === 'fulfilled')]!;
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const end of ends) if (end.status === 'rejected') expect(end.reason.diagnostics[0].code).toBe('PL4020');
    for (const { path, bytes } of [...winner.files, winner.manifest]) {
      expect(readFileSync(join(folder, 'releases/1', path)).equals(bytes), path).toBe(true);
    }
    expect(channel().manifestSha256).toBe(winner.manifest.sha256);
  });

  test('a channel that moved in the meantime is left alone', async () => {
    await publishRelease(smallRelease('1'), target);
    const slow = publishRelease(smallRelease('2'), target, {
      onEvent: ({ kind }) => {
        if (kind !== 'planned') return;
        const text = JSON.stringify({ channel: 'latest', version: '9', manifestSha256: '0'.repeat(64) });
        writeFileSync(join(folder, 'channels/latest.json'), text);
      },
    });
    expect(await codes(slow)).toEqual(['PL4025']);
    expect(channel().version).toBe('9');
  });
});

describe('rollback in a folder', () => {
  beforeEach(async () => {
    await publishRelease(smallRelease('1.0.0'), target);
    await publishRelease(smallRelease('1.1.0', 'new'), target);
  });

  test('points the channel at the older release again', async () => {
    expect(channel().version).toBe('1.1.0');
    const result = await rollback('1.0.0', target);
    expect(result).toMatchObject({ from: '1.1.0', version: '1.0.0', moved: true });
    expect(channel()).toEqual({
      channel: 'latest',
      version: '1.0.0',
      manifestSha256: smallRelease('1.0.0').manifest.sha256,
    });
    expect(await rollback('1.0.0', target)).toMatchObject({ moved: false });
  });

  test('makes a channel that does not exist', async () => {
    expect(await rollback('1.0.0', target, { channel: 'stable' })).toMatchObject({ from: undefined, moved: true });
    expect(channel('stable').version).toBe('1.0.0');
  });

  test('a version that is not there is refused, with the nearest', async () => {
    const [finding] = await refusalOf(rollback('1.0.1', target));
    expect(finding).toMatchObject({ code: 'PL4023', hint: expect.stringContaining('1.0.0') });
    expect(await codes(rollback('../x', target))).toEqual(['PL4001']);
    expect(await codes(rollback('latest', target))).toEqual(['PL4001']);
  });

  test('a release that is not complete is refused, and the channel stays', async () => {
    rmSync(join(folder, 'releases/1.0.0/assets.json'));
    writeFileSync(join(folder, 'releases/1.0.0/templates/cluster.yaml'), 'x');
    expect((await codes(rollback('1.0.0', target))).sort()).toEqual(['PL4021', 'PL4022']);
    expect(channel().version).toBe('1.1.0');
  });
});
