import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bashArguments } from './bash.ts';

test('the text runs with the environment it was given, also where no shell started the run', () => {
  const HOME = mkdtempSync(join(tmpdir(), 'podlaunch-home-'));
  writeFileSync(join(HOME, '.bashrc'), 'GIVEN=changed\n');
  const env = { ...process.env, SHLVL: undefined, HOME, GIVEN: 'as given' };
  const printed = (args: readonly string[]) => spawnSync('bash', args, { env, encoding: 'utf8' }).stdout;
  expect(printed(bashArguments('echo $GIVEN'))).toBe('as given\n');
  expect(printed(bashArguments('echo $GIVEN; false | true', ['-o', 'pipefail']))).toBe('as given\n');
  rmSync(HOME, { recursive: true });
});

test('no test gives bash a text in another way', () => {
  const files = readdirSync('test', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const own = files.filter((file) => /'bash', \[[^\]]*'-c'/.test(readFileSync(join('test', file), 'utf8')));
  expect(own).toEqual([]);
});
