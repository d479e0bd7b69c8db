import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runProgram } from '../../../src/validate/engines/run-program.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podlaunch-program-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const run = (...path: readonly string[]) =>
  runProgram('podlaunch-test-program', [], { env: { PATH: path.join(delimiter) }, cwd: folder });

test('a program that is not there, or behind a file on the PATH, gives undefined', async () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  expect(await run()).toBeUndefined();
  expect(await run(folder)).toBeUndefined();
  expect(await run(join(file, 'bin'))).toBeUndefined();
});

test('one that is there is run, whatever else is on the PATH', async () => {
  const program = join(folder, 'podlaunch-test-program');
  writeFileSync(program, `#!${process.execPath}\nconsole.log('out'); process.exitCode = 3;\n`);
  chmodSync(program, 0o755);
  expect(await run(join(folder, 'missing'), dirname(program))).toEqual({ code: 3, stdout: 'out\n', stderr: '' });
});
