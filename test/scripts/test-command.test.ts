import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const SCRIPT = new URL('../../scripts/test.mjs', import.meta.url).pathname;

describe('npm test where no lab can be', () => {
  let bin: string;
  beforeEach(() => {
    bin = mkdtempSync(join(tmpdir(), 'podlaunch-bin-'));
    writeFileSync(join(bin, 'id'), '#!/bin/sh\necho 1000\n');
    chmodSync(join(bin, 'id'), 0o755);
  });
  afterEach(() => rmSync(bin, { recursive: true }));

  const npmTest = (ci: string) =>
    spawnSync(process.execPath, [SCRIPT, 'lab'], {
      encoding: 'utf8',
      env: { ...process.env, CI: ci, PATH: `${bin}${delimiter}${process.env.PATH}` },
    });

  it('says why in one line, and goes on', () => {
    const { status, stdout } = npmTest('');
    const lines = stdout.trim().split('\n');
    expect(lines.filter((line) => line.startsWith('Skipped: The lab needs root'))).toHaveLength(1);
    expect(lines.at(-1)).toBe('0 passed, 0 failed');
    expect(status).toBe(0);
  });

  it('fails in CI, where nothing may be skipped', () => {
    const { status, stdout } = npmTest('true');
    expect(stdout.trim().split('\n').at(-1)).toBe('0 passed, 1 failed');
    expect(status).toBe(1);
  });
});
