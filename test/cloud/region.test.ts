import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chooseRegion } from '../../src/cloud/region.ts';

let folder: string;
let AWS_CONFIG_FILE: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'podlaunch-region-'));
  AWS_CONFIG_FILE = join(folder, 'config');
  writeFileSync(
    AWS_CONFIG_FILE,
    '[default]\noutput = json\nregion = eu-west-1\n\n[profile work]\r\nregion=ap-south-1\r\n[profile none]\noutput=text\n',
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ['the one given', 'us-east-1', { AWS_REGION: 'us-east-2' }, 'us-east-1'],
  ['AWS_REGION', undefined, { AWS_REGION: 'us-east-2', AWS_DEFAULT_REGION: 'us-west-1' }, 'us-east-2'],
  ['AWS_DEFAULT_REGION', undefined, { AWS_REGION: '', AWS_DEFAULT_REGION: 'us-west-1' }, 'us-west-1'],
  ["the default profile's", undefined, {}, 'eu-west-1'],
  ["the profile's of AWS_PROFILE", undefined, { AWS_PROFILE: 'work' }, 'ap-south-1'],
  ['us-west-2 where the profile has none', undefined, { AWS_PROFILE: 'none' }, 'us-west-2'],
])('%s', (_, given, env, region) => {
  expect(chooseRegion(given, { AWS_CONFIG_FILE, ...env })).toBe(region);
});

test('us-west-2 where there is no profile', () => {
  expect(chooseRegion(undefined, { AWS_CONFIG_FILE: join(folder, 'nowhere') })).toBe('us-west-2');
});
