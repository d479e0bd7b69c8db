import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findConfig } from '../../src/config/find-config.ts';
import { loadConfig } from '../../src/config/load.ts';
import { codesOf } from '../support/refused.ts';

let folder: string;
let inner: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podlaunch-find-'));
  inner = join(folder, 'a', 'b');
  mkdirSync(inner, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, text = 'retain: false\n') => writeFileSync(join(folder, name), text);

describe('in a git repository', () => {
  beforeEach(() => mkdirSync(join(folder, '.git')));

  test('the nearest podlaunch.yaml, up to the root of the repository', async () => {
    write('podlaunch.yaml', 'lifecycleScripts: scripts\npublish: { to: ./out }\n');
    expect(findConfig(inner)).toBe('../../podlaunch.yaml');
    expect(await loadConfig(undefined, inner)).toMatchObject({
      lifecycleScripts: '../../scripts',
      publish: { to: '../../out' },
    });
    write('a/podlaunch.yaml');
    expect(findConfig(inner)).toBe('../podlaunch.yaml');
    write('a/b/podlaunch.yaml');
    expect(findConfig(inner)).toBe('podlaunch.yaml');
  });

  test('not above the root: what is there belongs to somebody else', () => {
    write('podlaunch.yaml');
    writeFileSync(join(folder, 'a', '.git'), 'gitdir: elsewhere\n'); // as in a worktree or submodule
    expect(findConfig(inner)).toBeUndefined();
  });

  test('a name that is almost right, above too', () => {
    write('podlaunch.yml');
    expect(codesOf(() => findConfig(inner))).toEqual(['PL1014']);
  });
});

test('outside a repository a podlaunch.yaml above is not used, and not passed over', () => {
  expect(findConfig(inner)).toBeUndefined();
  write('podlaunch.yaml');
  expect(codesOf(() => findConfig(inner))).toEqual(['PL1015']);
  write('a/b/podlaunch.yaml');
  expect(findConfig(inner)).toBe('podlaunch.yaml');
});

describe('a file beside which podlaunch.yaml is missing', () => {
  test.each([
    'podlaunch.yml',
    '.podlaunch.yaml',
    'Podlaunch.YAML',
    'podlaunch.json',
    'podlaunch.yaml.txt',
    'podlanuch.yaml',
    'pod-launch.yaml',
    'podlauch.yml',
  ])('%s is refused with the right name', async (name) => {
    write(name);
    expect(codesOf(() => findConfig(folder))).toEqual(['PL1014']);
    await expect(loadConfig(undefined, folder)).rejects.toThrow(name);
    write('podlaunch.yaml', 'retain: true\n');
    expect(findConfig(folder)).toBe('podlaunch.yaml');
  });

  test.each(['launch.yaml', 'podlaunch.schema.json', 'podlaunch-0.1.0.tgz', 'podlaunch', 'docker.yml'])(
    '%s is another thing',
    (name) => {
      write(name);
      expect(findConfig(folder)).toBeUndefined();
    },
  );
});
