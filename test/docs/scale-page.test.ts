import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { hasPython } from '../support/python-tools.ts';

const SIMULATE = new URL('../../bench/scale/simulate.py', import.meta.url).pathname;

test.skipIf(!hasPython())(
  'docs/scale.md is what the simulation computes from the node scripts as they are',
  () => {
    const { status, stderr } = spawnSync('python3', [SIMULATE, '--check'], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  },
  120_000,
);
