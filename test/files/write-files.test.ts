import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeFiles } from '../../src/files/write-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podlaunch-files-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('writes new files, new folders and over old files, and leaves nothing else behind', () => {
  writeFileSync(join(folder, 'old'), 'before');
  writeFiles([
    { path: join(folder, 'old'), content: 'after' },
    { path: join(folder, 'new/a'), content: new Uint8Array([1, 2]) },
  ]);
  expect(readFileSync(join(folder, 'old'), 'utf8')).toBe('after');
  expect([...readFileSync(join(folder, 'new/a'))]).toEqual([1, 2]);
  expect(readdirSync(folder)).toEqual(['new', 'old']);
});

test('gives a file the mode that is asked for', () => {
  writeFiles([{ path: join(folder, 'key'), content: 'k', mode: 0o600 }]);
  expect(statSync(join(folder, 'key')).mode & 0o777).toBe(0o600);
});

test('changes nothing when one of the files cannot be written', () => {
  writeFileSync(join(folder, 'a'), 'before');
  writeFileSync(join(folder, 'file'), '');
  expect(() =>
    writeFiles([
      { path: join(folder, 'a'), content: 'after' },
      { path: join(folder, 'file/b'), content: 'after' },
    ]),
  ).toThrow(/EEXIST|ENOTDIR/);
  expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('before');
  expect(readdirSync(folder)).toEqual(['a', 'file']);
});

test('a folder in the place of a file is left alone', () => {
  mkdirSync(join(folder, 'a'));
  expect(() => writeFiles([{ path: join(folder, 'a'), content: '' }])).toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
  expect(readdirSync(folder)).toEqual(['a']);
});
