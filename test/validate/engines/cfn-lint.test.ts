import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readTemplate } from '../../../src/document/read/read-template.ts';
import { cfnLint } from '../../../src/validate/engines/cfn-lint.ts';
import { runCli } from '../../support/run-cli.ts';

const template = readTemplate('Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n', 'my.yaml');

let folder: string;
let bin: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podlaunch-engines-'));
  bin = join(folder, 'bin');
  mkdirSync(bin);
  for (const program of ['cat', 'env', 'ls']) symlinkSync(`/bin/${program}`, join(bin, program));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program on the PATH that answers with a version, and notes how it was called and where. */
function program(name: string, version: string): void {
  const text = `#!/bin/sh
for last; do :; done
if test "$last" = --version; then echo '${version}'; exit; fi
{ echo "$PWD"; ls -a; echo "args $*"; env; cat; } > ${folder}/${name}.log
echo '[]'
`;
  writeFileSync(join(bin, name), text);
  chmodSync(join(bin, name), 0o755);
}

const log = (name: string): string => readFileSync(join(folder, `${name}.log`), 'utf8');
const env = (more: Record<string, string> = {}) => ({ PATH: bin, ...more });

test('cfn-lint runs in a private folder, with settings that are empty; its version is named', async () => {
  program('cfn-lint', 'cfn-lint 1.58.1');
  const notes: string[] = [];
  expect(await cfnLint([template], { env: env(), onNote: (text) => notes.push(text) })).toEqual([]);
  const [where] = log('cfn-lint').split('\n');
  expect(where).toMatch(/podlaunch-cfn-lint-/);
  expect(where).not.toBe(process.cwd());
  const config = /--config-file (\S+)/.exec(log('cfn-lint'))?.[1];
  expect(config).toBe(join(where!, 'no.cfnlintrc'));
  expect(notes).toEqual(['Checking with cfn-lint 1.58.1']);
});

test('settings that are named are the ones that are used', async () => {
  program('cfn-lint', 'cfn-lint 2.0.0');
  writeFileSync(join(folder, 'bad.yaml'), template.text);
  const argv = ['validate', 'bad.yaml', '--engine', 'cfn-lint', '--cfn-lint-config', 'mine.yaml'];
  const { code, err } = await runCli(argv, { cwd: folder, env: env() });
  expect({ code, err }).toEqual({ code: 0, err: 'Checking with cfn-lint 2.0.0\n' });
  expect(log('cfn-lint')).toContain(`--config-file ${join(folder, 'mine.yaml')}`);
});

test.each(['1.51.0', '1.57.9', '0.99.0'])('cfn-lint %s is refused: it is too old', async (version) => {
  program('cfn-lint', `cfn-lint ${version}`);
  expect(await cfnLint([template], { env: env() })).toMatchObject([
    {
      code: 'PL3049',
      severity: 'error',
      message: expect.stringContaining(version),
      hint: expect.stringContaining('pip install'),
    },
  ]);
});

test.each([
  ['uvx', 'uvx 0.9'],
  ['pipx', '1.7'],
  ['npx', '11.0.0'],
])('%s fetches nothing that it was not allowed to', async (tool, version) => {
  program(tool, version);
  const asked: string[] = [];
  const mayFetch = (what: string): boolean => asked.push(what) === 0;
  const [finding, ...others] = await cfnLint([template], { env: env(), mayFetch });
  expect(finding).toMatchObject({ code: 'PL3040', hint: expect.stringContaining('--fetch') });
  expect({ others, asked }).toEqual({ others: [], asked: [expect.stringMatching(/cfn-lint.*\d+\.\d+\.\d+ by /)] });
  expect(() => log(tool)).toThrow();
  const run = await runCli(['validate', '--engine', 'cfn-lint'], { cwd: folder, env: env() });
  expect(run).toMatchObject({ code: 1, out: expect.stringContaining('PL3040') });
});

test('npx runs no scripts of packages, and gets no settings that npm took from the project', async () => {
  program('npx', '11.0.0');
  const settings = { npm_execpath: '/npm', npm_config_registry: 'http://127.0.0.1:1/', NPM_CONFIG_CACHE: '/mine' };
  const notes: string[] = [];
  const found = await cfnLint([template], {
    env: env(settings),
    mayFetch: () => true,
    onNote: (text) => notes.push(text),
  });
  expect(found.map(({ code }) => code)).toEqual(['PL3048']);
  expect(notes).toEqual(['Fetching cfn-lint@1.9.7 by npx', 'Checking with cfn-lint@1.9.7 of npm']);
  expect(log('npx')).toContain('args --yes --ignore-scripts --package cfn-lint@1.9.7');
  expect(log('npx')).not.toContain('npm_config_registry');
  expect(log('npx')).toContain('NPM_CONFIG_CACHE=/mine');
  for (const file of ['package.json', '.npmrc', 'uv.toml']) expect(log('npx').split('\n')).toContain(file);
});
