import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readAssets } from '../../src/assets/read-assets.ts';
import { codesOf } from '../support/refused.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podlaunch-assets-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, content: string | Uint8Array = path): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

test('files come sorted by code unit, with the hash of their bytes', () => {
  for (const path of ['b.sh', 'a/z.py', 'B.sh', 'a.py', 'a/é.py']) write(path);
  const { files } = readAssets(folder);
  expect(files.map(({ path }) => path)).toEqual(
    ['B.sh', 'a.py', 'a/z.py', 'a/é.py', 'b.sh'].map((path) => `lifecycle-scripts/${path}`),
  );
  expect(files[1]!.sha256).toBe(createHash('sha256').update('a.py').digest('hex'));
});

test('assets.json lists path, hash and size, and its own hash is that of its text', () => {
  write('on_init_complete.sh', '#!/bin/bash\n');
  const { json, sha256, files } = readAssets(folder);
  expect(JSON.parse(json)).toEqual({
    schemaVersion: 1,
    files: [{ path: 'lifecycle-scripts/on_init_complete.sh', sha256: files[0]!.sha256, size: 12 }],
  });
  expect(sha256).toBe(createHash('sha256').update(json).digest('hex'));
  expect(readAssets(folder).json).toBe(json);
});

test('caches, dotfiles, backups and tests stay at home', () => {
  const left = ['__pycache__/a.pyc', 'a.pyc', '.env', '.git/config', 'tests/test_a.py', 'lib/test/x', 'a.sh~'];
  for (const path of [...left, 'lib/contest.py']) write(path);
  expect(readAssets(folder).files.map(({ path }) => path)).toEqual(['lifecycle-scripts/lib/contest.py']);
});

test('bytes that are not text are kept as they are', () => {
  write('data.bin', new Uint8Array([0, 255, 13, 10]));
  expect([...readAssets(folder).files[0]!.bytes]).toEqual([0, 255, 13, 10]);
});

test("podlaunch's own folder is found from the source", () => {
  expect(readAssets().files.map(({ path }) => path)).toContain('lifecycle-scripts/node-settings.schema.json');
});

test('a link to a file of the folder is that file; one that leads elsewhere is refused', () => {
  write('a.sh', 'A');
  symlinkSync('a.sh', join(folder, 'b.sh'));
  expect(readAssets(folder).files.map(({ bytes }) => String(bytes))).toEqual(['A', 'A']);
  for (const target of ['/etc/passwd', '..', 'nowhere', '.']) {
    symlinkSync(target, join(folder, 'link'));
    expect(
      codesOf(() => readAssets(folder)),
      target,
    ).toEqual(['PL2003']);
    unlinkSync(join(folder, 'link')); // Node.js 24.9's rmSync follows a link to a folder, and refuses it.
  }
});

test('names that are no good as keys are refused', () => {
  for (const name of [Buffer.from([0x61, 0xff]), Buffer.from('a\\b'), Buffer.from('a\nb')]) {
    const path = Buffer.concat([Buffer.from(`${folder}/`), name]);
    writeFileSync(path, '');
    expect(
      codesOf(() => readAssets(folder)),
      String(name),
    ).toEqual(['PL2002']);
    rmSync(path);
  }
});

test('a folder that is missing, or a file in its place, is refused', () => {
  write('file');
  expect(codesOf(() => readAssets(join(folder, 'nowhere')))).toEqual(['PL2001']);
  expect(codesOf(() => readAssets(join(folder, 'file')))).toEqual(['PL2001']);
});
