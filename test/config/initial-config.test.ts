import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { initialConfig } from '../../src/config/initial-config.ts';
import { loadConfig, parseConfig } from '../../src/config/load.ts';
import { CONFIG_SCHEMA } from '../../src/config/schema.ts';
import { writeInitialConfig } from '../../src/config/write-initial-config.ts';
import { codesOf } from '../support/refused.ts';

const text = initialConfig('./podlaunch.schema.json');

test('its values are the defaults', async () => {
  expect(await parseConfig(text)).toEqual(DEFAULTS);
});

test('a list of words is on one line, empty or not', () => {
  expect(text).toMatch(/^ {2}metadataAccounts: \[\]$/m);
  expect(text).toMatch(/^ {6}logIn: \[Controller, Login, Compute\]$/m);
});

test('its first line tells editors where the schema is', () => {
  expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=./podlaunch.schema.json');
});

test('what is in comments is a valid configuration too, when the comment sign is taken away', async () => {
  const config = await parseConfig(text.replaceAll(/^(\s*)# (\s*[A-Za-z]+:(?: \S+)?)$/gm, '$1$2'));
  expect(config).toMatchObject({
    publish: { to: 's3://my-releases/podlaunch', region: 'us-west-2', expectedBucketOwner: '111122223333' },
    release: { version: '1.0.0' },
    lifecycleScripts: 'lifecycle-scripts',
    cluster: { controller: { deepHealthChecks: ['InstanceStress'], threadsPerCore: 2, patching: 'WhenIdle' } },
  });
});

test('every key of the schema is in it, but for those of list entries', () => {
  for (const [name, node] of Object.entries(CONFIG_SCHEMA.properties!)) {
    expect(text).toMatch(new RegExp(`^(# )?${name}:`, 'm'));
    for (const key of Object.keys(node.properties ?? {})) expect(text).toMatch(new RegExp(`^ *(# *)?${key}:`, 'm'));
  }
});

test('no line is wider than a screen', () => {
  for (const line of text.split('\n').slice(2)) expect(line.length).toBeLessThanOrEqual(100);
});

describe('writing it', () => {
  let cwd: string;
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), 'podlaunch-init-'));
  });
  afterEach(() => rmSync(cwd, { recursive: true }));

  test('loading it gives the defaults', async () => {
    expect(writeInitialConfig(cwd)).toBe('podlaunch.yaml');
    expect(await loadConfig(undefined, cwd)).toEqual(DEFAULTS);
  });

  test('never over a file that is there', () => {
    writeFileSync(join(cwd, 'podlaunch.yaml'), 'mine');
    expect(codesOf(() => writeInitialConfig(cwd))).toEqual(['PL0002']);
    expect(readFileSync(join(cwd, 'podlaunch.yaml'), 'utf8')).toBe('mine');
  });

  test('the schema of the installed package, seen from where the file is', () => {
    mkdirSync(join(cwd, 'node_modules/podlaunch/lib'), { recursive: true });
    mkdirSync(join(cwd, 'conf'));
    writeFileSync(join(cwd, 'node_modules/podlaunch/lib/podlaunch.schema.json'), '{}');
    writeInitialConfig(cwd, 'conf/a.yaml');
    expect(readFileSync(join(cwd, 'conf/a.yaml'), 'utf8')).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/node_modules\/podlaunch\/lib\/podlaunch\.schema\.json\n/,
    );
  });
});
