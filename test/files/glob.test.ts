import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expandGlob } from '../../src/files/glob.ts';

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'podlaunch-glob-'));
  mkdirSync(join(cwd, 't/deep/er'), { recursive: true });
  mkdirSync(join(cwd, 't/folder.yaml'));
  for (const name of [
    'a.yaml',
    't/b.yaml',
    't/c.yml',
    't/c+.yaml',
    't/.d.yaml',
    't/deep/e.yaml',
    't/deep/er/f.yaml',
    'x[1].yaml',
  ])
    writeFileSync(join(cwd, name), '');
});
afterAll(() => rmSync(cwd, { recursive: true }));

test.each([
  ['*.yaml', ['a.yaml', 'x[1].yaml']],
  ['t/*.yaml', ['t/b.yaml', 't/c+.yaml']],
  ['./t/?.y*ml', ['./t/b.yaml', './t/c.yml']],
  ['*/[bc].*', ['t/b.yaml', 't/c.yml']],
  ['t/[!b]*.yaml', ['t/c+.yaml']],
  ['t/.*.yaml', ['t/.d.yaml']],
  ['**/*.yaml', ['a.yaml', 't/b.yaml', 't/c+.yaml', 't/deep/e.yaml', 't/deep/er/f.yaml', 'x[1].yaml']],
  ['t/**/f.yaml', ['t/deep/er/f.yaml']],
  ['x[1].yaml', ['x[1].yaml']],
  ['none/*.yaml', []],
  ['t/[z-a].yaml', []],
  [`t/${'*'.repeat(60)}z`, []],
])('%s', (pattern, files) => {
  expect(expandGlob(pattern, cwd)).toEqual(files);
});

test('a pattern with a root gives names with it', () => {
  expect(expandGlob(`${cwd}/t/*.yml`, '/')).toEqual([`${cwd}/t/c.yml`]);
});
