import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeCli } from '../../src/cli/cli-context.ts';
import { fixFiles } from '../../src/cli/fix.ts';
import { readTemplate } from '../../src/document/read/read-template.ts';
import { validate } from '../../src/validate/validate.ts';
import { refusalOf } from '../support/refused.ts';
import { runCli } from '../support/run-cli.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'podlaunch-fix-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

const BAD =
  '# mine\nResources:\n  Bucket:\n    Type: AWS::S3::Bucket\n    Properties:\n      BucketNam: my-bucket # keep\n';
const GOOD = BAD.replace('BucketNam', 'BucketName');
const write = (name: string, text: string) => writeFileSync(join(cwd, name), text);
const read = (name: string) => readFileSync(join(cwd, name), 'utf8');

const DIFF = `--- a.yaml
+++ a.yaml
@@ -4,4 +4,4 @@
     Type: AWS::S3::Bucket
     Properties:
-      BucketNam: my-bucket # keep
+      BucketName: my-bucket # keep
 
`;

test('without --yes and without a terminal the diff is shown, and nothing is written', async () => {
  write('a.yaml', BAD);
  const { code, out, err } = await runCli(['validate', 'a.yaml', '--fix'], { cwd });
  expect(code).toBe(1);
  expect(err).toBe(`${DIFF}Nothing is written. To write one correction to a.yaml: --yes.\n`);
  expect(out).toContain('E3002');
  expect(read('a.yaml')).toBe(BAD);
});

test('with --yes it is written, and checked again', async () => {
  write('a.yaml', BAD);
  const { code, out, err } = await runCli(['validate', 'a.yaml', '--fix', '--yes'], { cwd });
  expect({ code, out, err }).toEqual({
    code: 0,
    out: 'a.yaml: nothing found\n',
    err: `${DIFF}Wrote one correction to a.yaml.\n`,
  });
  expect(read('a.yaml')).toBe(GOOD);
  expect(readdirSync(cwd)).toEqual(['a.yaml']);
});

test.each([
  ['y\n', GOOD, 0],
  ['n\n', BAD, 1],
  ['', BAD, 1],
])('at a terminal it is asked: %j', async (answer, expected, code) => {
  write('a.yaml', BAD);
  const stdin = Object.assign(Readable.from(answer === '' ? [] : [Buffer.from(answer)]), { isTTY: true });
  const run = await runCli(['validate', 'a.yaml', '--fix'], { cwd, stdin, isTTY: true });
  expect(run.err).toContain('Write one correction to a.yaml? [y/N] ');
  expect(run.code).toBe(code);
  expect(read('a.yaml')).toBe(expected);
});

test('several files, with what else is found in them; machines get the findings alone on stdout', async () => {
  write('a.yaml', BAD);
  write('b.yaml', BAD.replace('Resources:', 'Parameters: { A: { Type: Strin } }\nResources:'));
  write('c.yaml', GOOD);
  const { code, out, err } = await runCli(['validate', '*.yaml', '--fix', '--yes', '--json'], { cwd });
  expect(code).toBe(0);
  expect(JSON.parse(out).diagnostics.map((one: any) => [one.code, one.span.file])).toEqual([['W2001', 'b.yaml']]);
  expect(err).toContain('Wrote 3 corrections to 2 files.\n');
});

test('what is ignored is not corrected', async () => {
  write('a.yaml', BAD);
  const { err } = await runCli(['validate', 'a.yaml', '--fix', '--yes', '--ignore', 'E3002'], { cwd });
  expect(err).toBe('There is nothing that can be corrected with certainty.\n');
  expect(read('a.yaml')).toBe(BAD);
});

test('permissions, links and the byte order mark stay', async () => {
  write('real.yaml', `\ufeff${BAD}`);
  chmodSync(join(cwd, 'real.yaml'), 0o640);
  symlinkSync('real.yaml', join(cwd, 'a.yaml'));
  expect((await runCli(['validate', 'a.yaml', '--fix', '--yes'], { cwd })).code).toBe(0);
  expect(lstatSync(join(cwd, 'a.yaml')).isSymbolicLink()).toBe(true);
  expect(statSync(join(cwd, 'real.yaml')).mode & 0o777).toBe(0o640);
  expect(read('real.yaml')).toBe(`\ufeff${GOOD}`);
});

test('a file that somebody has changed meanwhile is left alone', async () => {
  write('a.yaml', BAD);
  const output = { write: () => undefined };
  const io = { stdin: Readable.from([]), stdout: output, stderr: output, env: {}, cwd };
  const agree = async () => {
    write('a.yaml', `${BAD}# more\n`);
    return true;
  };
  const cli = makeCli(io, () => false);
  const refused = await refusalOf(fixFiles(cli, [readTemplate(BAD, 'a.yaml')], (one) => validate(one), agree));
  expect(refused.map(({ code }) => code)).toEqual(['PL3104']);
  expect(read('a.yaml')).toBe(`${BAD}# more\n`);
});

test.each([[['--fix']], [['-', '--fix']], [['a.yaml', '--yes']], [['a.yaml', '--fix', '--watch']]])(
  '%j is a usage error',
  async (args) => {
    write('a.yaml', BAD);
    expect((await runCli(['validate', ...args], { cwd })).code).toBe(2);
  },
);
