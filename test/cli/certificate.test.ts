import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCli } from '../support/run-cli.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'podlaunch-certificate-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

const certificate = (...argv: string[]) => runCli(['certificate', ...argv], { cwd });

test('create: for ldaps. and the domain of the configuration where no name is given; no key on stdout', async () => {
  const { code, out, err } = await certificate('create', '--json');
  expect(code).toBe(0);
  expect(err).toMatch(/^Configuration: the defaults .*\n(Making keys\n)?$/);
  expect(JSON.parse(out)).toMatchObject({
    host: 'ldaps.hyperpod.internal',
    folder: 'certificate',
    files: { authority: 'ca.pem' },
  });
  expect(out).not.toContain('PRIVATE');
  expect(readdirSync(join(cwd, 'certificate'))).toHaveLength(5);
});

test.each([[['create', '--days', 'ten']], [['create', '--days', '-1']], [['renew']]])('usage: %j', async (argv) => {
  const { code, out } = await certificate(...argv);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(readdirSync(cwd)).toEqual([]);
});

test('refusals have exit code 1', async () => {
  const { code, err } = await certificate('create', '--name', 'localhost');
  expect(code).toBe(1);
  expect(err).toContain('PL6010');
});
