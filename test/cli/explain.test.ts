import { existsSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { allCodes } from '../../src/cli/all-codes.ts';
import { MEANINGS } from '../../src/validate/rules/index.ts';
import { runCli } from '../support/run-cli.ts';

test.each(['E3002', 'e3002', 'unknown-property'])('explain %s: what, why, what to do, examples', async (asked) => {
  const { code, out, err } = await runCli(['explain', asked]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^E3002 unknown-property\n\nerror: /);
  for (const part of ['**Why.** ', '**Fix.** ', 'CidrBlok: 10.0.0.0/16 # <-', 'CidrBlock: 10.0.0.0/16', 'https://'])
    expect(out).toContain(part);
});

test.each(MEANINGS.map(({ code }) => [code]))('explain %s is no longer than a screen or three', async (asked) => {
  const { code, out } = await runCli(['explain', asked]);
  expect(code).toBe(0);
  expect(out.length).toBeLessThan(5000);
});

test('explain --json: the rule as data', async () => {
  const { out } = await runCli(['explain', 'PL3005', '--json']);
  expect(JSON.parse(out)).toMatchObject({
    code: 'PL3005',
    name: 'yaml-1-1',
    severity: 'warning',
    bad: expect.any(Array),
  });
});

test('explain of a code that no template gives says what it means', async () => {
  const { code, out } = await runCli(['explain', 'PL4044']);
  expect(code).toBe(0);
  expect(out).toMatch(/^PL4044\n\n.+\.\n/);
});

test('every table of codes can be explained', async () => {
  const folders = readdirSync('src').filter((folder) => existsSync(`src/${folder}/codes.ts`));
  const codes = await allCodes();
  for (const folder of folders) {
    const { CODES = {} } = (await import(`../../src/${folder}/codes.ts`)) as { CODES?: Record<string, string> };
    for (const code of Object.keys(CODES)) expect(codes.has(code), code).toBe(true);
  }
});

test('explain of what is no code: the nearest', async () => {
  const { code, err } = await runCli(['explain', 'unknown-propert']);
  expect(code).toBe(1);
  expect(err).toContain('PL0004');
  expect(err).toContain('Did you mean unknown-property?');
});

test('rules lists them all, for people and for machines', async () => {
  const { code, out } = await runCli(['rules']);
  expect(code).toBe(0);
  expect(
    out
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ')[0]),
  ).toEqual(MEANINGS.map((rule) => rule.code));
  expect(JSON.parse((await runCli(['rules', '--json'])).out)).toHaveLength(MEANINGS.length);
});
