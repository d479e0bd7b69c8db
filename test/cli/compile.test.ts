import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readAssets } from '../../src/assets/read-assets.ts';
import { compile } from '../../src/compile/compile.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { runCli } from '../support/run-cli.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'podlaunch-compile-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

test('writes the templates to dist/, and says what it wrote', async () => {
  const { code, out, err } = await runCli(['compile'], { cwd });
  expect({ code, err }).toEqual({ code: 0, err: 'Configuration: the defaults (there is no podlaunch.yaml)\n' });
  expect(readdirSync(join(cwd, 'dist')).sort()).toEqual([
    'access.yaml',
    'assets.json',
    'cluster.yaml',
    'directory.yaml',
    'prerequisites.yaml',
  ]);
  for (const { file, text } of compile(DEFAULTS, readAssets())) {
    expect(readFileSync(join(cwd, 'dist', file), 'utf8')).toBe(text);
    expect(out).toContain(`dist/${file}`);
  }
});

test('writes the stacks that are named; those that are in releases only when they are, and says what they are for', async () => {
  const { code, out, err } = await runCli(['compile', 'launchpad', 'cluster', '--out', 'some'], { cwd });
  expect({ code, files: readdirSync(join(cwd, 'some')).sort() }).toEqual({
    code: 0,
    files: ['assets.json', 'cluster.yaml', 'launchpad.yaml'],
  });
  expect(out).toMatch(/^some\/launchpad\.yaml {2}\d{6} bytes\nsome\/cluster\.yaml /);
  expect(err).toContain('launchpad.yaml: to read only.');
  expect((await runCli(['compile', 'cluster', '--out', 'one'], { cwd })).err).not.toContain('to read only');
  expect(readdirSync(join(cwd, 'one')).sort()).toEqual(['assets.json', 'cluster.yaml']);
  expect((await runCli(['compile', 'clutser'], { cwd })).code).toBe(2);
});

test('leaves other files of the folder alone', async () => {
  await runCli(['compile', '--out', 'build'], { cwd });
  writeFileSync(join(cwd, 'build/mine.yaml'), 'mine');
  await runCli(['compile', '--out', 'build'], { cwd });
  expect(readdirSync(join(cwd, 'build'))).toHaveLength(6);
});

test('--json lists the files, and what was found', async () => {
  writeFileSync(join(cwd, 'podlaunch.yaml'), 'directory:\n  domain: ad.local\n');
  const { out } = await runCli(['compile', '--json'], { cwd });
  const { templates, diagnostics } = JSON.parse(out);
  expect(diagnostics).toMatchObject([{ severity: 'warning' }]);
  expect(templates).toMatchObject([
    {
      stack: 'prerequisites',
      file: 'dist/prerequisites.yaml',
      bytes: expect.any(Number),
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    },
    { stack: 'directory' },
    { stack: 'cluster' },
    { stack: 'access' },
  ]);
});

test('follows the configuration', async () => {
  writeFileSync(join(cwd, 'mine.yaml'), 'directory:\n  domain: ad.example.org\n');
  await runCli(['compile', '--config', 'mine.yaml'], { cwd });
  expect(readFileSync(join(cwd, 'dist/directory.yaml'), 'utf8')).toContain('Default: ad.example.org');
});

test.each([
  ['a fault in the configuration', 'retain: perhaps\n', 'PL1007'],
  ['scripts that are not there', 'lifecycleScripts: nowhere\n', 'PL2001'],
])('%s: nothing is written', async (_, text, wanted) => {
  writeFileSync(join(cwd, 'podlaunch.yaml'), text);
  const { code, err } = await runCli(['compile'], { cwd });
  expect(code).toBe(1);
  expect(err).toContain(wanted);
  expect(existsSync(join(cwd, 'dist'))).toBe(false);
});

test('a folder that cannot be made is a finding', async () => {
  writeFileSync(join(cwd, 'dist'), '');
  const { code, err } = await runCli(['compile'], { cwd });
  expect(code).toBe(1);
  expect(err).toContain('PL0001');
});

test('warns of sudo on some node types only, and compiles all the same', async () => {
  const yaml = 'directory:\n  groups:\n    - { name: Operators, logIn: [Login], sudo: true }\n';
  writeFileSync(join(cwd, 'podlaunch.yaml'), yaml);
  const { code, err } = await runCli(['compile'], { cwd });
  expect({ code, warns: err.includes('warning PL1017') }).toEqual({ code: 0, warns: true });
  expect(readdirSync(join(cwd, 'dist'))).toHaveLength(5);
  expect((await runCli(['validate'], { cwd })).out).toContain('warning PL1017');
  expect((await runCli(['validate', '--fail-on', 'warning'], { cwd })).code).toBe(1);
  expect((await runCli(['publish', '--to', './out'], { cwd })).err).toContain('warning PL1017');
});
