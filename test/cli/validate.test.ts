import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCli } from '../support/run-cli.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'podlaunch-validate-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

const BAD = 'Resources:\n  Bucket:\n    Type: AWS::S3::Bucket\n    Properties:\n      BucketNam: a\n';
const UNUSED = 'Parameters:\n  A: { Type: String }\nResources:\n  Bucket:\n    Type: AWS::S3::Bucket\n';

test('without files: what compile would write, and nothing is found', async () => {
  const { code, out, err } = await runCli(['validate'], { cwd });
  expect(code).toBe(0);
  expect(err).toMatch(/^Configuration: the defaults \(there is no podlaunch.yaml\)\n(Checking\n)?$/);
  expect(out.split('\n').sort()).toEqual([
    '',
    'access.yaml: nothing found',
    'cluster.yaml: nothing found',
    'directory.yaml: nothing found',
    'prerequisites.yaml: nothing found',
  ]);
});

test('without files: everything that publish would refuse, scripts and place too', async () => {
  const config =
    'lifecycleScripts: scr\npublish: { to: s3://my.bucket, channel: latest }\nrelease: { version: 1.0.0 }\n';
  writeFileSync(join(cwd, 'podlaunch.yaml'), config);
  mkdirSync(join(cwd, 'scr'));
  writeFileSync(join(cwd, 'scr/on_init_complete.sh'), '#!/bin/bash\nif\n');
  writeFileSync(join(cwd, 'scr/creds.txt'), `id ${'AKIA'}IOSFODNN7EXAMPLQ\n`);
  const { code, out } = await runCli(['validate'], { cwd });
  expect(code).toBe(1);
  for (const wanted of ['PL4012', 'PL2013', 'PL2014']) expect(out).toContain(`error ${wanted}`);
  expect(out).not.toContain('IOSFODNN7');
  const published = await runCli(['publish', '--to', './out'], { cwd });
  for (const wanted of ['PL2013', 'PL2014']) expect(published.err).toContain(`error ${wanted}`);
});

test.each([
  ['github', /^::error file=podlaunch.yaml,line=1,.*title=PL1008::/],
  ['sarif', /"ruleId": "PL1008"/],
  ['junit', /PL1008/],
])('a configuration that is refused is a finding too, in the form %s', async (format, finding) => {
  writeFileSync(join(cwd, 'podlaunch.yaml'), 'release: { version: " " }\n');
  const { code, out, err } = await runCli(['validate', '--format', format], { cwd });
  expect(code).toBe(1);
  expect(out).toMatch(finding);
  expect(err).toBe('Configuration: podlaunch.yaml\n');
});

test('a fault: the code, the place, the line with a caret, what to do; exit code 1', async () => {
  writeFileSync(join(cwd, 'bad.yaml'), BAD);
  const { code, out } = await runCli(['validate', 'bad.yaml'], { cwd });
  expect(code).toBe(1);
  expect(out).toContain(
    ' --> bad.yaml:5:7\n5 |       BucketNam: a\n  |       ^^^^^^^^^\n  = Did you mean BucketName?\n',
  );
  expect(out).toContain('\n1 error\n');
});

test('--fail-on warning makes warnings count', async () => {
  writeFileSync(join(cwd, 'unused.yaml'), UNUSED);
  expect((await runCli(['validate', 'unused.yaml'], { cwd })).code).toBe(0);
  const { code, out } = await runCli(['validate', 'unused.yaml', '--fail-on', 'warning'], { cwd });
  expect(code).toBe(1);
  expect(out).toContain('W2001');
});

test('--format json, --json, sarif and github', async () => {
  writeFileSync(join(cwd, 'bad.yaml'), BAD);
  const json = await runCli(['validate', 'bad.yaml', '--format', 'json'], { cwd });
  const parsed = JSON.parse(json.out);
  expect(parsed.diagnostics).toMatchObject([
    {
      code: 'E3002',
      severity: 'error',
      path: ['Resources', 'Bucket', 'Properties', 'BucketNam'],
      span: { file: 'bad.yaml', line: 5, column: 7, length: 9 },
    },
  ]);
  expect(Object.values(parsed.summary)).toEqual([1, 0, 0]);
  expect((await runCli(['validate', 'bad.yaml', '--json'], { cwd })).out).toBe(json.out);
  const sarif = JSON.parse((await runCli(['validate', 'bad.yaml', '--format', 'sarif'], { cwd })).out);
  expect(sarif.runs[0].results[0]).toMatchObject({ ruleId: 'E3002', level: 'error' });
  const github = await runCli(['validate', 'bad.yaml', '--format', 'github'], { cwd });
  expect(github.out).toMatch(/^::error file=bad\.yaml,line=5,endLine=5,col=7,endColumn=16,title=E3002::/);
});

test('nothing to report is valid in every format', async () => {
  expect(JSON.parse((await runCli(['validate', '--format', 'json'], { cwd })).out).diagnostics).toEqual([]);
  expect(JSON.parse((await runCli(['validate', '--format', 'sarif'], { cwd })).out).runs[0].results).toEqual([]);
  expect((await runCli(['validate', '--format', 'github'], { cwd })).out.trim()).toBe('');
  const { out } = await runCli(['validate', '--format', 'junit'], { cwd });
  expect(out.match(/<testsuite name="[a-z]+\.yaml" tests="1" failures="0"/g)).toHaveLength(4);
});

test('a file that cannot be read does not keep the others from being checked', async () => {
  writeFileSync(join(cwd, 'bad.yaml'), BAD);
  writeFileSync(join(cwd, 'empty.yaml'), '');
  const { code, out, err } = await runCli(['validate', 'gone.yaml', '.', 'empty.yaml', 'bad.yaml', '--json'], { cwd });
  expect({ code, err }).toEqual({ code: 1, err: '' });
  expect(JSON.parse(out).diagnostics.map((one: any) => one.code)).toEqual(['PL3003', 'PL3003', 'PL3001', 'E3002']);
});

test('a pattern that the shell did not expand names its files; one that names none is said to be no file', async () => {
  writeFileSync(join(cwd, 'bad.yaml'), BAD);
  writeFileSync(join(cwd, 'unused.yaml'), UNUSED);
  const { code, out } = await runCli(['validate', '*.yaml', 'bad.yaml', '*.yml', '--json'], { cwd });
  expect(code).toBe(1);
  const found = JSON.parse(out).diagnostics.map((one: any) => [one.code, one.span?.file ?? one.message]);
  expect(found).toEqual([
    ['PL3003', 'The file *.yml does not exist.'],
    ['E3002', 'bad.yaml'],
    ['W2001', 'unused.yaml'],
  ]);
});

test('--ignore, --include, --severity and --strict say what is reported, and what makes the exit code 1', async () => {
  writeFileSync(join(cwd, 'bad.yaml'), BAD);
  writeFileSync(join(cwd, 'unused.yaml'), UNUSED);
  const run = async (...options: readonly string[]) => {
    const { code, out } = await runCli(['validate', '*.yaml', '--json', ...options], { cwd });
    return [code, ...JSON.parse(out).diagnostics.map((one: any) => `${one.severity} ${one.code}`)];
  };
  expect(await run('--ignore', 'E3002')).toEqual([0, 'warning W2001']);
  expect(await run('--ignore', 'E3002,W', '--include', 'unused-parameter')).toEqual([0, 'warning W2001']);
  expect(await run('--severity', 'E3002=info', '--severity', 'W2001=error')).toEqual([1, 'info E3002', 'error W2001']);
  writeFileSync(join(cwd, 'wall.yaml'), 'Resources:\n  Wall: { Type: Acme::Network::Firewall }\n');
  expect(await run('--ignore', 'E3002,W2001')).toEqual([0, 'info PL3010']);
  expect(await run('--ignore', 'E3002,W2001', '--strict')).toEqual([1, 'error PL3010']);
});

test('a rule that does not exist is refused; forms that are none are usage errors', async () => {
  writeFileSync(join(cwd, 'bad.yaml'), BAD);
  const { code, err } = await runCli(['validate', 'bad.yaml', '--ignore', 'unknown-proprty'], { cwd });
  expect(code).toBe(1);
  expect(err).toContain('error PL3101');
  expect(err).toContain('Did you mean unknown-property?');
  for (const options of [
    ['--severity', 'W2001'],
    ['--severity', 'W2001=bad'],
    ['--ignore', ','],
    ['--include', 'W2001'],
  ])
    expect((await runCli(['validate', 'bad.yaml', ...options], { cwd })).code, options.join(' ')).toBe(2);
});

test('podlaunch.yaml says the same, for files too; the command line counts more', async () => {
  writeFileSync(join(cwd, 'unused.yaml'), UNUSED);
  writeFileSync(join(cwd, 'podlaunch.yaml'), 'validate: { ignore: [W], severity: [W2001=error], strict: true }\n');
  const run = async (...options: readonly string[]) => {
    const { code, out } = await runCli(['validate', 'unused.yaml', '--json', ...options], { cwd });
    return [code, ...JSON.parse(out).diagnostics.map((one: any) => `${one.severity} ${one.code}`)];
  };
  expect(await run()).toEqual([0]);
  expect(await run('--ignore', 'E3002', '--include', 'W')).toEqual([1, 'error W2001']);
  expect(await run('--ignore', 'E3002', '--include', 'W', '--severity', 'W2001=info')).toEqual([0, 'info W2001']);
  writeFileSync(join(cwd, 'podlaunch.yaml'), 'validate: { ignore: [W20001] }\n');
  expect((await runCli(['validate', 'unused.yaml'], { cwd })).err).toContain('PL3101');
  expect((await runCli(['validate'], { cwd })).err).toContain('PL3101');
  expect((await runCli(['publish', '--to', './out'], { cwd })).err).toContain('PL3101');
});

test('a podlaunch.yaml that says nothing of checks is not read for files', async () => {
  writeFileSync(join(cwd, 'bad.yaml'), BAD);
  writeFileSync(join(cwd, 'podlaunch.yaml'), '# validate: nothing\ndirectory: [broken\n');
  const { code, err } = await runCli(['validate', 'bad.yaml'], { cwd });
  expect({ code, err }).toEqual({ code: 1, err: '' });
});

test('--list-rules lists what is reported', async () => {
  const all = await runCli(['rules'], { cwd });
  expect((await runCli(['validate', '--list-rules'], { cwd })).out).toBe(all.out);
  const some = await runCli(['validate', '--list-rules', '--ignore', 'E,PL,I', '--severity', 'W2001=error'], { cwd });
  expect(some.out).toMatch(/^W2001 {3}error {4}unused-parameter /m);
  expect(some.out).not.toMatch(/^[EIP]/m);
});

test('- is stdin: YAML and JSON, beside files, and once', async () => {
  writeFileSync(join(cwd, 'unused.yaml'), UNUSED);
  const { code, out } = await runCli(['validate', '-', 'unused.yaml', '-', '--json'], { cwd, stdin: BAD });
  expect(code).toBe(1);
  const found = JSON.parse(out).diagnostics.map((one: any) => [one.code, one.span.file, one.span.line]);
  expect(found).toEqual([
    ['E3002', 'stdin', 5],
    ['W2001', 'unused.yaml', 2],
  ]);
  const json = JSON.stringify({ Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketNam: 'a' } } } });
  expect((await runCli(['validate', '-'], { cwd, stdin: json })).out).toContain('--> stdin:1:');
});

test.each([
  ['nothing', '', 'PL3001'],
  ['no text', '\u0000', 'PL3002'],
  ['far too much', '# a comment\n'.repeat(500_000), 'E1002'],
])('stdin with %s is said in words', async (_, stdin, wanted) => {
  const { code, out } = await runCli(['validate', '-', '--json'], { cwd, stdin });
  expect(code).toBe(1);
  expect(JSON.parse(out).diagnostics.map((one: any) => one.code)).toEqual([wanted]);
});

test('a secret in the clear is found and not shown', async () => {
  const text =
    'Resources:\n  A:\n    Type: AWS::SSM::Parameter\n    Properties: { Type: String, Value: AKIAIOSFODNN7EXAMPLE }\n';
  writeFileSync(join(cwd, 'a.yaml'), text);
  for (const format of ['pretty', 'json', 'sarif', 'github', 'junit']) {
    const { code, out } = await runCli(['validate', 'a.yaml', '--format', format], { cwd });
    expect(code).toBe(1);
    expect(out).toContain('PL3033');
    expect(out).not.toContain('AKIA');
  }
});

test('the file may be behind the options; an engine that is none is a usage error', async () => {
  writeFileSync(join(cwd, 'bad.yaml'), BAD);
  expect((await runCli(['validate', '--engine', 'builtin', 'bad.yaml'], { cwd })).code).toBe(1);
  const { code, err } = await runCli(['validate', '--engine', 'guard'], { cwd });
  expect(code).toBe(2);
  expect(err).toContain('builtin, cfn-lint, aws');
});
