import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const text = readFileSync('package.json', 'utf8');
const { dependencies, homepage, bugs, repository, author } = JSON.parse(text);

test('npm has nothing to mend, so it warns of nothing when it packs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'podlaunch-package-'));
  cpSync('package.json', join(folder, 'package.json'));
  execFileSync('npm', ['pkg', 'fix'], { cwd: folder, stdio: 'pipe' });
  expect(readFileSync(join(folder, 'package.json'), 'utf8')).toBe(text);
  rmSync(folder, { recursive: true });
});

test('who publishes a copy fills in whose it is', () => {
  const places = [homepage, bugs, repository.url, author];
  expect(places.filter((place: string) => !place.includes('YOUR-ORGANISATION'))).toEqual([]);
});

test('only the AWS SDK is installed beside podlaunch: all else is in lib/', () => {
  expect(Object.keys(dependencies).filter((name) => !name.startsWith('@aws-sdk/'))).toEqual([]);
});
