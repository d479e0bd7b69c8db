import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundle } from '../../scripts/bundle.mjs';

/** The same in every run: `npm run fuzz` takes another each time, and prints it. */
const SEED = 20261127;
const COUNT = 10_000;

// A bundle of its own: another test may build lib/ at the same time.
let lib: string;
beforeAll(async () => {
  lib = mkdtempSync(join(process.cwd(), 'node_modules', '.podlaunch-fuzz-'));
  await bundle(process.cwd(), lib);
  cpSync('src/aws/generated/schemas', join(lib, 'schemas'), { recursive: true });
});
afterAll(() => rmSync(lib, { recursive: true, force: true }));

test(`${COUNT} random inputs and every chosen one: an answer within a second, in 300 MB`, () => {
  const { status, stdout, stderr } = spawnSync('node', ['scripts/fuzz.mjs', String(COUNT), String(SEED)], {
    ...{ encoding: 'utf8', maxBuffer: 1e8, env: { ...process.env, PODLAUNCH_LIB: lib } },
  });
  console.log(stdout);
  expect({ status, stderr }, stdout).toEqual({ status: 0, stderr: '' });
});
