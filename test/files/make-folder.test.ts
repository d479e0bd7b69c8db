import { existsSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeFolder } from '../../src/files/make-folder.ts';
import { runCli } from '../support/run-cli.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podlaunch-make-folder-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('makes what is missing, and is content with what is there', () => {
  const path = join(folder, 'a', 'b', 'c');
  makeFolder(path);
  makeFolder(path);
  expect(statSync(path).isDirectory()).toBe(true);
});

test('a file, or a link that leads nowhere, in the way is refused', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(() => makeFolder(join(folder, 'file', 'a'))).toThrow('ENOTDIR');
  symlinkSync(join(folder, 'nowhere'), join(folder, 'link'));
  expect(() => makeFolder(join(folder, 'link', 'a'))).toThrow('EEXIST');
});

// Node's own mkdir with recursive tries this for ever.
test.skipIf(!existsSync('/proc/self')).each([
  ['compile', '--out'],
  ['publish', '--to'],
])('%s %s /proc/x ends', async (...argv) => {
  const { code, err } = await runCli([...argv, '/proc/x/y']);
  expect(code).toBe(1);
  expect(err).toMatch(/error PL0001: ENOENT.*mkdir '\/proc\/x'/);
});
