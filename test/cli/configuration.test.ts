import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCli } from '../support/run-cli.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podlaunch-configuration-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const COMMANDS = [
  ['compile'],
  ['validate'],
  ['publish'],
  ['release'],
  ['links', '--to', 's3://my-bucket', '--offline'],
  ['rollback', '--version', '1'],
];

test.each(COMMANDS)('%s names the configuration that it uses, found or given', async (...argv) => {
  writeFileSync(join(folder, 'other.yaml'), 'cluster: { name: other }\n');
  const other = await runCli([...argv, '--config', 'other.yaml'], { cwd: folder });
  expect(other.err).toMatch(/^Configuration: other\.yaml\n/);
  expect((await runCli(argv, { cwd: folder })).err).toMatch(/^Configuration: the defaults \(/);
  mkdirSync(join(folder, '.git'));
  mkdirSync(join(folder, 'sub'));
  writeFileSync(join(folder, 'podlaunch.yaml'), '');
  const empty = await runCli(argv, { cwd: join(folder, 'sub') });
  expect(empty.err).toMatch(/^Configuration: \.\.\/podlaunch\.yaml\n/);
  expect(empty.err).toContain('../podlaunch.yaml is empty');
});

test.each(COMMANDS)('%s does nothing where the name of the configuration is almost right', async (...argv) => {
  writeFileSync(join(folder, 'podlaunch.yml'), 'cluster: { name: mine }\n');
  const { code, out, err } = await runCli(argv, { cwd: folder });
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain('PL1014');
  expect(readdirSync(folder)).toEqual(['podlaunch.yml']);
});

test('npm start writes to a folder, whatever publish.to says', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(scripts.start).toBe('node lib/cli.cjs release --to ./out');
});
