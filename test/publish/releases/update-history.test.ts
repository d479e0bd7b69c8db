import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { withMove, withRelease, withWithdrawal } from '../../../src/publish/releases/change-history.ts';
import { NO_HISTORY, type ReleaseHistory } from '../../../src/publish/releases/history.ts';
import { updateHistory } from '../../../src/publish/releases/update-history.ts';
import { openFolderStore } from '../../../src/publish/stores/folder-store.ts';
import { refusalOf } from '../../support/refused.ts';

const moment = (day: number) => `2026-11-${String(day).padStart(2, '0')}T12:00:00.000Z`;
const release = (version: string, day = 1) => ({ version, publishedAt: moment(day), manifestSha256: 'a'.repeat(64) });
const versions = ({ releases }: ReleaseHistory) => releases.map(({ version }) => version);

describe('a change', () => {
  test('releases and moves are the newest first, whoever records them first', () => {
    const history = [withRelease(release('2', 2)), withRelease(release('1', 1)), withRelease(release('3', 3))].reduce(
      (before, change) => change(before),
      NO_HISTORY,
    );
    expect(versions(history)).toEqual(['3', '2', '1']);
    const moves = [5, 4, 6].map((day) => withMove('stable', { version: String(day), at: moment(day) }));
    const { channels } = moves.reduce((before, change) => change(before), history);
    expect(channels['stable']!.map(({ version }) => version)).toEqual(['6', '5', '4']);
  });

  test('made twice it is the same object: nothing is written', () => {
    const changes = [
      withRelease(release('1')),
      withMove('latest', { version: '1', at: moment(1) }),
      withWithdrawal('1', { at: moment(2), why: 'It loses jobs.' }),
    ];
    let history = NO_HISTORY;
    for (const change of changes) {
      history = change(history);
      expect(change(history)).toBe(history);
    }
    expect(withWithdrawal('2', { at: moment(2), why: 'x' })(history)).toBe(history);
  });

  test('a withdrawal keeps its date when the reason is corrected, and can be taken back', () => {
    const first = withWithdrawal('1', { at: moment(2), why: 'a' })(withRelease(release('1'))(NO_HISTORY));
    const second = withWithdrawal('1', { at: moment(3), why: 'b' })(first);
    expect(second.releases[0]!.withdrawn).toEqual({ at: moment(2), why: 'b' });
    expect(withWithdrawal('1', undefined)(second).releases).toEqual([release('1')]);
  });

  test('the oldest are left out of a long list, but not what was withdrawn', () => {
    let history: ReleaseHistory = { ...NO_HISTORY, releases: [release('first', 1), release('second', 1)] };
    history = withWithdrawal('first', { at: moment(2), why: 'x' })(history);
    for (let n = 0; n < 2000; n++) history = withRelease(release(`v${n}`, 3))(history);
    expect(versions(history)).toHaveLength(2001);
    expect(versions(history)).toContain('first');
    expect(versions(history)).not.toContain('second');
    for (let n = 0; n < 150; n++) history = withMove('a', { version: `v${n}`, at: moment(3) })(history);
    expect(history.channels['a']).toHaveLength(100);
  });
});

describe('the file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'podlaunch-history-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const read = () => JSON.parse(readFileSync(join(folder, 'releases.json'), 'utf8'));

  test('is begun where there is none', async () => {
    await updateHistory(openFolderStore(folder), withRelease(release('1')));
    expect(read()).toEqual({ releases: [release('1')], channels: {} });
  });

  test('another writes between reading and writing: both changes are there', async () => {
    const store = openFolderStore(folder);
    let raced = false;
    const racing = {
      ...store,
      async replace(...args: Parameters<typeof store.replace>) {
        if (!raced) {
          raced = true;
          await updateHistory(store, withRelease(release('2')));
        }
        return store.replace(...args);
      },
    };
    await updateHistory(racing, withRelease(release('1')));
    expect(versions(read()).sort()).toEqual(['1', '2']);
  });

  test('others write each time: refused, and what they wrote stays', async () => {
    const store = openFolderStore(folder);
    const refusing = { ...store, replace: async () => false };
    const [finding] = await refusalOf(updateHistory(refusing, withRelease(release('1'))));
    expect(finding!.code).toBe('PL4059');
  });

  test.each(['{"releases": [', 'x'.repeat(2 * 1024 * 1024)])('that is none is left as it is', async (text) => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'releases.json'), text);
    const [finding] = await refusalOf(updateHistory(openFolderStore(folder), withRelease(release('1'))));
    expect(finding!.code).toBe('PL4058');
    expect(readFileSync(join(folder, 'releases.json'), 'utf8')).toBe(text);
  });
});
