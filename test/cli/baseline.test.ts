import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MAX_PER_CODE } from '../../src/diagnostics/cap.ts';
import { runCli } from '../support/run-cli.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'podlaunch-baseline-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

const bucket = (...lines: readonly string[]): string =>
  `Resources:\n  Bucket:\n    Type: AWS::S3::Bucket\n    Properties:\n${lines.map((line) => `      ${line}\n`).join('')}`;
const write = (name: string, text: string) => writeFileSync(join(cwd, name), text);

async function run(...options: readonly string[]) {
  const { code, out, err } = await runCli(['validate', '--baseline', 'known.json', '--json', ...options], { cwd });
  return {
    code,
    err,
    found: out === '' ? [] : JSON.parse(out).diagnostics.map((one: any) => [one.code, one.severity]),
  };
}

test('what was there before is accepted, wherever it moves to in the text; what is new is reported', async () => {
  write('a.yaml', bucket('BucketNam: a', 'Tag: []'));
  const written = await run('a.yaml', '--write-baseline');
  expect(written).toEqual({ code: 0, err: 'known.json accepts 2 findings from now on.\n', found: [] });
  expect(await run('a.yaml')).toEqual({ code: 0, err: '', found: [] });
  write('a.yaml', `# moved\n\n${bucket('Tag: []', 'BucketNam: a')}`);
  expect(await run('a.yaml')).toEqual({ code: 0, err: '', found: [] });
  write('a.yaml', bucket('BucketNam: a', 'Tag: []', 'Nam: a'));
  expect(await run('a.yaml')).toEqual({ code: 1, err: '', found: [['E3002', 'error']] });
});

test('what is no longer found is said, of the files that are checked', async () => {
  write('a.yaml', bucket('BucketNam: a'));
  write('b.yaml', bucket('BucketNam: a'));
  await run('*.yaml', '--write-baseline');
  write('a.yaml', bucket('BucketName: my-bucket'));
  expect(await run('*.yaml')).toEqual({ code: 0, err: '', found: [['PL3103', 'info']] });
  expect(await run('b.yaml')).toEqual({ code: 0, err: '', found: [] });
  const { out } = await runCli(['validate', 'a.yaml', '--baseline', 'known.json'], { cwd });
  expect(out).toContain('E3002 at Resources/Bucket/Properties/BucketNam of a.yaml, which is no longer found.');
  await run('*.yaml', '--write-baseline');
  expect(await run('*.yaml')).toEqual({ code: 0, err: '', found: [] });
});

test('more findings of a code than are listed are all accepted', async () => {
  const many = Array.from({ length: 2 * MAX_PER_CODE }, (_, index) => `Odd${index}: a`);
  write('a.yaml', bucket(...many));
  expect((await run('a.yaml', '--write-baseline')).err).toContain(`${2 * MAX_PER_CODE} findings`);
  write('a.yaml', bucket(...many, 'New: a'));
  expect((await run('a.yaml')).found).toEqual([['E3002', 'error']]);
});

test('what is ignored is not in it, and what another engine found is not missed', async () => {
  write('a.yaml', bucket('BucketNam: a'));
  expect((await run('a.yaml', '--write-baseline', '--ignore', 'E3002')).err).toContain('accepts 0 findings');
  expect((await run('a.yaml')).found).toEqual([['E3002', 'error']]);
  await run('a.yaml', '--write-baseline');
  const known = JSON.parse(readFileSync(join(cwd, 'known.json'), 'utf8'));
  write('known.json', JSON.stringify({ ...known, engines: ['builtin', 'cfn-lint'] }));
  write('a.yaml', bucket('BucketName: my-bucket'));
  expect((await run('a.yaml')).found).toEqual([]);
});

test('a template that cannot be read is never accepted', async () => {
  write('a.yaml', 'Resources: [\n');
  expect(await run('a.yaml', '--write-baseline')).toMatchObject({ code: 1, found: [['E0000', 'error']] });
  expect(await run('a.yaml')).toMatchObject({ code: 1, found: [['E0000', 'error']] });
});

test('files are named relative to the baseline; messages are kept as hashes only', async () => {
  mkdirSync(join(cwd, 'ci'));
  write('a.yaml', bucket('BucketNam: a'));
  await runCli(['validate', 'a.yaml', '--baseline', 'ci/known.json', '--write-baseline'], { cwd });
  const { files } = JSON.parse(readFileSync(join(cwd, 'ci/known.json'), 'utf8'));
  expect(files).toEqual({
    '../a.yaml': [
      {
        code: 'E3002',
        path: 'Resources/Bucket/Properties/BucketNam',
        message: expect.stringMatching(/^[0-9a-f]{16}$/),
      },
    ],
  });
  const { code } = await runCli(['validate', '../a.yaml', '--baseline', 'known.json'], { cwd: join(cwd, 'ci') });
  expect(code).toBe(0);
});

test.each([
  ['is missing', undefined],
  ['is no JSON', '{'],
  ['is something else', '[]'],
  ['has entries of another kind', '{"version":1,"engines":[],"files":{"a":[null]}}'],
])('a baseline that %s is refused', async (_, text) => {
  write('a.yaml', bucket('BucketName: my-bucket'));
  if (text !== undefined) write('known.json', text);
  expect(await run('a.yaml')).toMatchObject({ code: 1, found: [['PL3102', 'error']] });
});

test('--write-baseline alone is a usage error', async () => {
  expect((await runCli(['validate', '--write-baseline'], { cwd })).code).toBe(2);
});
