import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'podlaunch-clone-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('git clone, npm ci && npm start', { timeout: 1_200_000 }, () => {
  const clone = join(folder, 'podlaunch');
  execFileSync('git', ['clone', '--quiet', ROOT, clone]);
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'] };
  const options = { cwd: clone, env, encoding: 'utf8' as const, stdio: 'pipe' as const };
  const { status, stderr } = spawnSync('npm', ['ci'], options);
  expect([status, stderr], 'a newcomer sees no warning').toEqual([0, '']);
  const out = execFileSync('npm', ['start', '--silent'], options);
  expect(out).toContain('YOUR-BUCKET');
  expect(out).toMatch(/aws cloudformation deploy .*--template-file/);
  expect(existsSync(join(clone, 'out'))).toBe(true);
  const changed = (): string => execFileSync('git', ['status', '--porcelain'], options).trim();
  expect(changed(), 'nothing but ignored files is left').toBe('');
  appendFileSync(join(clone, 'src/functions/copy-assets/handler.ts'), 'export const added = 1;\n');
  execFileSync('npm', ['run', 'prepare', '--silent'], options);
  expect(changed(), 'what npm ci runs writes no tracked file').toBe('M src/functions/copy-assets/handler.ts');
  rmSync(join(clone, 'lib'), { recursive: true });
  const runner = { ...options, env: { ...env, GITHUB_ACTION_PATH: clone, GITHUB_EVENT_NAME: 'push' } };
  execFileSync('bash', ['action/build.sh'], runner);
  const version = execFileSync('node', ['lib/cli.cjs', '--version'], options);
  expect(version, 'the action on GitHub builds itself').toMatch(/^\d+\.\d+\.\d+\n$/);
});
