import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runCli } from '../support/run-cli.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'podlaunch-watch-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

const write = (name: string, text: string) => writeFileSync(join(cwd, name), text);
const bucket = (property = ''): string => `Resources:\n  Bucket:\n    Type: AWS::S3::Bucket\n${property}`;
const BAD = bucket('    Properties:\n      BucketNam: my-bucket\n');

/** Starts to watch. `until` waits for a report after those that were waited for before. */
function watching(...args: readonly string[]) {
  const stop = new AbortController();
  let out = '';
  let seen = 0;
  const onOut = (text: string) => {
    out = text;
  };
  const run = runCli(['validate', ...args, '--watch'], { cwd, signal: stop.signal, onOut });
  async function until(wanted: RegExp): Promise<void> {
    await vi.waitFor(() => expect(out.slice(seen)).toMatch(wanted), { timeout: 30_000, interval: 5 });
    seen = out.length;
  }
  async function end() {
    stop.abort();
    return run;
  }
  return { until, end };
}

test('what changes is checked again: broken, corrected, replaced by another file, gone', async () => {
  write('a.yaml', bucket());
  write('b.yaml', BAD);
  const { until, end } = watching('a.yaml', 'b.yaml');
  await until(/b\.yaml:5:7[\s\S]*1 error/);
  write('b.yaml', bucket());
  await until(/a\.yaml: nothing found\nb\.yaml: nothing found/);
  write('a.yaml', 'Resources: [\n');
  await until(/E0000/);
  write('a.new', BAD);
  renameSync(join(cwd, 'a.new'), join(cwd, 'a.yaml'));
  await until(/a\.yaml:5:7[\s\S]*1 error/);
  rmSync(join(cwd, 'a.yaml'));
  await until(/PL3003/);
  expect(await end()).toMatchObject({ code: 1 });
});

test('a file that comes to be named by a pattern is checked too; one that no longer is, is not', async () => {
  write('a.yaml', bucket());
  const { until, end } = watching('*.yaml', '--fail-on', 'warning');
  await until(/^a\.yaml: nothing found\n$/);
  write('b.yaml', BAD);
  await until(/b\.yaml:5:7/);
  rmSync(join(cwd, 'b.yaml'));
  await until(/^a\.yaml: nothing found\n$/);
  const { code, err } = await end();
  expect(code).toBe(0);
  expect(err).toContain('Watching 2 templates. Ctrl-C ends it.\n');
});

test('the rules that are reported, and the baseline, count', async () => {
  write('a.yaml', BAD);
  await runCli(['validate', 'a.yaml', '--baseline', 'known.json', '--write-baseline'], { cwd });
  const { until, end } = watching('a.yaml', '--baseline', 'known.json', '--ignore', 'W');
  await until(/nothing found/);
  write('a.yaml', `Parameters:\n  A: { Type: String }\n${BAD}      Nam: a\n`);
  await until(/Nam: a[\s\S]*\n1 error\n/);
  expect((await end()).out).not.toContain('W2001');
});

test.each([[[]], [['-']], [['a.yaml', '--engine', 'aws']], [['a.yaml', '--baseline', 'b.json', '--write-baseline']]])(
  '%j cannot be watched: a usage error',
  async (args) => {
    const { code, err } = await runCli(['validate', ...args, '--watch'], { cwd });
    expect(code).toBe(2);
    expect(err).toContain('--watch is for files');
  },
);
