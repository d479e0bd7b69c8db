import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';

const generate = (...names: string[]) =>
  spawnSync(process.execPath, ['scripts/generate.mjs', ...names], { encoding: 'utf8' });

test('npm run generate knows every generator by its file', () => {
  const { status, stderr } = generate('nix');
  const names = readdirSync('scripts/generate').filter((file) => file.endsWith('.mjs'));
  const known = /There are: (.*)\./.exec(stderr)?.[1]?.split(', ');
  expect(known?.toSorted()).toEqual(names.map((file) => file.replace('.mjs', '')).toSorted());
  expect(status).toBe(2);
});
