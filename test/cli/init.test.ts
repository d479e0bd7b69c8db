import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCli } from '../support/run-cli.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'podlaunch-init-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

test('writes podlaunch.yaml, and refuses to do it again', async () => {
  expect(await runCli(['init'], { cwd })).toMatchObject({ code: 0, err: '' });
  const text = readFileSync(join(cwd, 'podlaunch.yaml'), 'utf8');
  const again = await runCli(['init', '--json'], { cwd });
  expect(again.code).toBe(1);
  expect(JSON.parse(again.out).diagnostics).toMatchObject([{ code: 'PL0002' }]);
  expect(readFileSync(join(cwd, 'podlaunch.yaml'), 'utf8')).toBe(text);
});

test('the next command that it names reads what was written', async () => {
  expect((await runCli(['init'], { cwd })).out).toBe('Wrote podlaunch.yaml. Next: podlaunch validate\n');
  const { out } = await runCli(['init', '--config', 'staging.yaml'], { cwd });
  expect(out).toBe('Wrote staging.yaml. Next: podlaunch validate --config staging.yaml\n');
});

test('--config names another file, --json says which', async () => {
  const { code, out } = await runCli(['init', '--config', 'a.yaml', '--json'], { cwd });
  expect({ code, result: JSON.parse(out) }).toEqual({ code: 0, result: { file: 'a.yaml' } });
});
