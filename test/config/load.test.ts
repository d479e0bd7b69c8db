import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { loadConfig } from '../../src/config/load.ts';
import { Refusal } from '../../src/diagnostics/refusal.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'podlaunch-config-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

async function codes(file: string): Promise<string[]> {
  const thrown = await loadConfig(file, cwd).catch((e: unknown) => e);
  expect(thrown).toBeInstanceOf(Refusal);
  return (thrown as Refusal).diagnostics.map(({ code }) => code);
}

describe('which file', () => {
  test('none: the defaults', async () => {
    expect(await loadConfig(undefined, cwd)).toEqual(DEFAULTS);
  });

  test('podlaunch.yaml of the folder, without being named', async () => {
    writeFileSync(join(cwd, 'podlaunch.yaml'), 'retain: false\n');
    expect(await loadConfig(undefined, cwd)).toEqual({ ...DEFAULTS, retain: false });
  });

  test('paths in it are relative to it; an S3 target is left alone', async () => {
    mkdirSync(join(cwd, 'conf'));
    writeFileSync(join(cwd, 'conf/a.yaml'), 'lifecycleScripts: scripts\npublish: { to: ../out }\n');
    expect(await loadConfig('conf/a.yaml', cwd)).toMatchObject({
      lifecycleScripts: 'conf/scripts',
      publish: { to: './out' },
    });
    writeFileSync(join(cwd, 'conf/a.yaml'), 'lifecycleScripts: /srv/scripts\npublish: { to: /srv/out }\n');
    expect(await loadConfig('conf/a.yaml', cwd)).toMatchObject({
      lifecycleScripts: '/srv/scripts',
      publish: { to: '/srv/out' },
    });
    writeFileSync(join(cwd, 'conf/b.yaml'), 'publish: { to: s3://my-bucket/p }\n');
    expect((await loadConfig('conf/b.yaml', cwd)).publish.to).toBe('s3://my-bucket/p');
  });
});

describe('what is not a configuration', () => {
  test('a named file that is not there', async () => {
    expect(await codes('podlaunch.yml')).toEqual(['PL1001']);
  });

  test.each([
    ['empty', Buffer.alloc(0)],
    ['blank', Buffer.from(' \n\n')],
    ['binary', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1])],
    ['not UTF-8', Buffer.from([0x70, 0x3a, 0x20, 0xe9, 0x0a])],
  ])('a file that is %s', async (_, bytes) => {
    writeFileSync(join(cwd, 'f'), bytes);
    expect(await codes('f')).toEqual(['PL1002']);
  });

  test('50 MB, refused without being read', async () => {
    writeFileSync(join(cwd, 'f'), '');
    truncateSync(join(cwd, 'f'), 50_000_000);
    const before = process.memoryUsage().arrayBuffers;
    expect(await codes('f')).toEqual(['PL1002']);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
  });

  test('a folder', async () => {
    expect(await codes('.')).toEqual(['PL1002']);
  });

  test('a file of comments only is one that changes nothing', async () => {
    writeFileSync(join(cwd, 'f'), '# retain: false\n');
    expect(await loadConfig('f', cwd)).toEqual(DEFAULTS);
  });
});
