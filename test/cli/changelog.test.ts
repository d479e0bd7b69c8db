import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
  expect(JSON.parse((await run('changelog', '1.0.0', '2.0.0', '--json')).out).text).toContain('### Update');
});

test('a release that takes the place of itself, and a withdrawn one whose reason is not Markdown', async () => {
  expect((await run('changelog', '1.0.0', '1.0.0')).out).toContain('No stack has to be updated.');
  expect((await run('withdraw', '2.0.0', '--why', 'See <b>*this*</b>')).code).toBe(0);
  expect((await run('changelog', '1.0.0', '2.0.0')).out).toContain(':** See \\<b\\>\\*this\\*\\</b\\>');
});
