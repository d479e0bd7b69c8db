import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { STACK_NAMES } from '../../src/stacks/stack-name.ts';
import { runCli } from '../support/run-cli.ts';

let cwd: string;
const run = (...argv: string[]) => runCli(argv, { cwd });
const yaml = (text: string) => writeFileSync(join(cwd, 'podlaunch.yaml'), `publish:\n  to: ./out\n${text}`);
beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'podlaunch-changelog-'));
  yaml('release:\n  version: "1.0.0"\n');
  expect((await run('publish')).code).toBe(0);
  yaml('release:\n  version: "2.0.0"\n  minimumFrom: "1.5.0"\ndirectory:\n  shortName: other\n');
  const { code, err } = await run('publish');
  expect(code, err).toBe(0);
});
afterAll(() => rmSync(cwd, { recursive: true }));

test('the path of an update, what is replaced, and from which release on', async () => {
  const { releases } = JSON.parse(readFileSync(join(cwd, 'out/releases.json'), 'utf8'));
  expect(releases[0]).toMatchObject({ version: '2.0.0', minimumFrom: '1.5.0' });
  expect((await run('releases')).out).toContain('updates from 1.5.0 on');
  const { code, out, err } = await run('changelog', '1.0.0', '2.0.0');
  expect(code, err).toBe(0);
  expect(out).toMatch(
    /^## From `release 1\.0\.0` to `release 2\.0\.0`\n\nPublished on \d{4}-\d\d-\d\d\. Stacks of releases before 1\.5\.0/,
  );
  expect(out).toMatch(/### Update\n\n.*order.*\n\n1\. `\w+`: .*\n/);
  expect(err).toContain('warning PL4064: Release 2.0.0 takes updates from 1.5.0 on; 1.0.0 is older.');
  expect((await run('diff', '1.0.0', '2.0.0')).err).toContain('PL4064');
  expect((await run('diff', '2.0.0', '1.0.0')).err).not.toContain('PL4064');
  const json = JSON.parse((await run('changelog', '1.0.0', '2.0.0', '--json')).out);
  expect(json.text).toContain('### Update');
  expect(json.updates).toMatchObject([{ from: 'release 1.0.0', to: 'release 2.0.0' }]);
});

test('a release that takes the place of itself, and a withdrawn one whose reason is not Markdown', async () => {
  expect((await run('changelog', '1.0.0', '1.0.0')).out).toContain('No stack has to be updated.');
  expect((await run('withdraw', '2.0.0', '--why', 'See <b>*this*</b>')).code).toBe(0);
  expect((await run('changelog', '1.0.0', '2.0.0')).out).toContain(':** See \\<b\\>\\*this\\*\\</b\\>');
});

test('a path through other releases, each with what it does', async () => {
  for (const [version, minimumFrom] of [['1.5.0'], ['2.1.0', '1.5.0']] as const) {
    const from = minimumFrom === undefined ? '' : `  minimumFrom: "${minimumFrom}"\n`;
    yaml(`release:\n  version: "${version}"\n${from}cluster:\n  name: of-${version.replaceAll('.', '-')}\n`);
    const { code, err } = await run('publish', '--allow-downgrade');
    expect(code, err).toBe(0);
  }
  const { out } = await run('changelog', '1.0.0', '2.1.0');
  expect(out).toContain('Update through 2 releases, one after the other.\n\n**1. To release 1.5.0**\n\nUpdate those');
  const { updates } = JSON.parse((await run('changelog', '1.0.0', '2.1.0', '--json')).out);
  expect(updates.map(({ from, to }: { from: string; to: string }) => `${from} ${to}`)).toEqual([
    'release 1.0.0 release 1.5.0',
    'release 1.5.0 release 2.1.0',
  ]);
  const stacks = updates[1].stacks.map(({ stack }: { stack: string }) => stack);
  expect(stacks).toEqual(STACK_NAMES.filter((stack) => stacks.includes(stack)));
  expect(stacks).toContain('cluster');
  // The last step leads to the configuration, which is in no list.
  yaml('release:\n  version: "3.0.0"\n  minimumFrom: "1.5.0"\ncluster:\n  name: own\n');
  const own = JSON.parse((await run('changelog', '1.0.0', '--json')).out).updates;
  expect(own.at(-1)).toMatchObject({ to: 'the configuration' });
  expect(own).toHaveLength(2);
});
