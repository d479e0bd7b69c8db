import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli } from '../support/run-cli.ts';

let cwd: string;
const run = (...argv: string[]) => runCli(argv, { cwd });
beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'podlaunch-releases-'));
  for (const version of ['1.0.0', '1.1.0'])
    expect((await run('publish', '--to', './out', '--version', version)).code).toBe(0);
});
afterAll(() => rmSync(cwd, { recursive: true }));

test('releases are listed, marked as withdrawn, and that is taken back', async () => {
  const line = (version: string, rest: string) => `${version}  \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d${rest}\\n`;
  expect((await run('releases')).out).toMatch(new RegExp(`^${line('1.1.0', '  latest')}${line('1.0.0', '')}$`));
  const withdrawn = await run('withdraw', '1.1.0', '--why', 'It loses jobs. Use 1.0.0.');
  expect(withdrawn).toMatchObject({ code: 0, out: expect.stringContaining('Withdrawn: 1.1.0') });
  expect(withdrawn.err).toContain('warning PL4061: The channel latest still points at 1.1.0');
  expect((await run('releases')).out).toMatch(/latest, WITHDRAWN\n {2}since .*: It loses jobs\. Use 1\.0\.0\.\n/);
  const { releases } = JSON.parse((await run('releases', '--json')).out);
  expect(releases[0]).toMatchObject({ version: '1.1.0', withdrawn: { why: 'It loses jobs. Use 1.0.0.' } });
  const diff = await run('diff', '1.0.0', '1.1.0', '--to', './out');
  expect(diff).toMatchObject({ code: 0, err: expect.stringContaining('warning PL4061: Release 1.1.0 was withdrawn') });
  expect((await run('withdraw', '1.1.0', '--undo')).out).toBe('Release 1.1.0 is not withdrawn.\n');
  expect((await run('releases', '--json')).out).not.toContain('It loses jobs');
});

test('a place without releases, and a withdrawal without a reason', async () => {
  expect((await run('releases', '--to', './none')).out).toContain('No release is listed in');
  expect((await run('withdraw', '1.0.0')).code).toBe(2);
  expect((await run('withdraw', '1.0.0', '--why', 'x', '--undo')).code).toBe(2);
});
