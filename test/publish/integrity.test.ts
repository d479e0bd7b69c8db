import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sha256 } from '../../src/files/sha256.ts';
import { publishRelease } from '../../src/publish/publish-release.ts';
import { rollback } from '../../src/publish/rollback.ts';
import type { Release } from '../../src/release/release.ts';
import type { FolderTarget } from '../../src/release/target.ts';
import { refusalOf } from '../support/refused.ts';
import { smallRelease } from './small-release.ts';

let folder: string;
let target: FolderTarget;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'podlaunch-integrity-')), 'out');
  target = { kind: 'folder', folder };
});
afterEach(() => rmSync(dirname(folder), { recursive: true }));

const place = (...path: string[]) => join(folder, ...path);
const channel = (name = 'latest') => JSON.parse(readFileSync(place('channels', `${name}.json`), 'utf8'));
const codes = async (promise: Promise<unknown>) => (await refusalOf(promise)).map(({ code }) => code);

/** What someone with the right to write does: other bytes, and a manifest that goes with them. */
function rewrite(release: Release): void {
  for (const { path, bytes } of [...release.files, release.manifest]) {
    writeFileSync(place('releases', release.version, path), bytes);
  }
}

describe('a release that was rewritten together with its manifest', () => {
  const evil = smallRelease('1.0.0', 'evil');

  test('rollback does not announce it: the channel remembers the manifest', async () => {
    await publishRelease(smallRelease('1.0.0'), target);
    const before = channel();
    rewrite(evil);
    const [finding] = await refusalOf(rollback('1.0.0', target));
    expect(finding).toMatchObject({ code: 'PL4026', message: expect.stringContaining(before.manifestSha256) });
    expect(finding!.message).toContain(evil.manifest.sha256);
    expect(channel()).toEqual(before);
  });

  test('any channel remembers it', async () => {
    await publishRelease(smallRelease('1.0.0'), target, { channel: 'stable' });
    await publishRelease(smallRelease('2.0.0', 'new'), target);
    rewrite(evil);
    expect(await codes(rollback('1.0.0', target))).toEqual(['PL4026', 'PL4026']);
    rmSync(place('releases.json'));
    expect(await codes(rollback('1.0.0', target))).toEqual(['PL4026']);
    expect(channel().version).toBe('2.0.0');
  });

  test('nor can it be published where the manifest was removed', async () => {
    await publishRelease(smallRelease('1.0.0'), target, { channel: 'stable' });
    rmSync(place('releases/1.0.0'), { recursive: true });
    expect(await codes(publishRelease(evil, target))).toEqual(['PL4026', 'PL4026']);
    expect((await publishRelease(smallRelease('1.0.0'), target)).announced).toBe(true);
  });

  test('so does the history, when no channel names the version any more', async () => {
    await publishRelease(smallRelease('1.0.0'), target);
    await publishRelease(smallRelease('2.0.0', 'new'), target);
    rewrite(evil);
    const [finding] = await refusalOf(rollback('1.0.0', target));
    expect(finding).toMatchObject({ code: 'PL4026', message: expect.stringContaining('releases.json remembers') });
  });

  test('a channel file that is none remembers nothing', async () => {
    await publishRelease(smallRelease('1.0.0'), target);
    writeFileSync(place('channels/notes.json'), '{}');
    writeFileSync(place('channels/huge.json'), Buffer.alloc(5000, ' '));
    expect((await rollback('1.0.0', target, { channel: 'stable' })).moved).toBe(true);
  });
});

describe('a channel goes back to an older version', () => {
  beforeEach(() => publishRelease(smallRelease('2.0.0'), target).then(() => undefined));

  test('only when asked to', async () => {
    for (const dryRun of [true, false]) {
      expect(await codes(publishRelease(smallRelease('1.0.0'), target, { dryRun }))).toEqual(['PL4027']);
    }
    expect(channel().version).toBe('2.0.0');
    await publishRelease(smallRelease('1.0.0'), target, { allowDowngrade: true });
    expect(channel().version).toBe('1.0.0');
  });

  test('nothing is written before it is refused', async () => {
    await codes(publishRelease(smallRelease('1.0.0'), target));
    expect(() => readFileSync(place('releases/1.0.0/manifest.json'))).toThrow('ENOENT');
  });

  test('another channel may point at an older one', async () => {
    expect((await publishRelease(smallRelease('1.0.0'), target, { channel: 'old' })).announced).toBe(true);
  });
});

describe('what somebody else put there', () => {
  const write = (path: string, text: string | Buffer) => {
    mkdirSync(dirname(place(path)), { recursive: true });
    writeFileSync(place(path), text);
  };
  const hostile = (version: unknown) =>
    JSON.stringify({ channel: 'latest', version, manifestSha256: sha256('') }, null, 2);

  test.each(['\u001b]0;PWNED\u0007\u001b[2J', '../x', '', 'a b', 1, null, 'x'.repeat(64)])(
    'a channel with the version %j is none',
    async (version) => {
      write('channels/latest.json', hostile(version));
      expect(await codes(publishRelease(smallRelease('1'), target, { dryRun: true }))).toEqual(['PL4024']);
    },
  );

  test('a channel of gigabytes is not read', async () => {
    write('channels/latest.json', hostile('1'));
    truncateSync(place('channels/latest.json'), 8e9);
    expect(await codes(publishRelease(smallRelease('1'), target))).toEqual(['PL4024']);
  });

  test('nor is a manifest, nor a file that is larger than its manifest says', async () => {
    await publishRelease(smallRelease('1'), target);
    truncateSync(place('releases/1/assets.json'), 8e9);
    expect(await codes(rollback('1', target))).toEqual(['PL4021']);
    truncateSync(place('releases/1/manifest.json'), 8e9);
    expect(await codes(rollback('1', target))).toEqual(['PL4002']);
  });

  test.each(['a\0b', 'a\nb', 'a\u001b[2J', 'a\u009b', 'a\\b', '/a', 'a//b', '../a', ''])(
    'a manifest with the path %j is none',
    async (path) => {
      const files = [{ path, sha256: sha256(''), size: 0, mediaType: 'text/plain' }];
      write('releases/1/manifest.json', JSON.stringify({ schemaVersion: 1, version: '1', files }));
      expect(await codes(rollback('1', target))).toEqual(['PL4002']);
    },
  );

  test('the hint names only what can be versions', async () => {
    for (const name of ['1.0.0', 'evil\u001b[2J', '.hidden']) mkdirSync(place('releases', name), { recursive: true });
    const [finding] = await refusalOf(rollback('7', target));
    expect(finding).toMatchObject({ code: 'PL4023', hint: 'Releases there: 1.0.0.' });
  });
});
