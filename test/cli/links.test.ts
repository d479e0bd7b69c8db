import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readAssets } from '../../src/assets/read-assets.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { releaseVersion } from '../../src/pipelines/release-version.ts';
import { STACK_NAMES } from '../../src/stacks/stack-name.ts';
import { runCli } from '../support/run-cli.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'podlaunch-links-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

const env = { AWS_CONFIG_FILE: '/dev/null' };
const links = (...argv: string[]) => runCli(['links', ...argv], { cwd, env });
const to = ['--to', 's3://my-bucket/podlaunch', '--offline'];

test('text: pinned to the version that publish would make now, in us-west-2', async () => {
  const { code, out, err } = await links(...to);
  expect({ code, err }).toEqual({ code: 0, err: 'Configuration: the defaults (there is no podlaunch.yaml)\n' });
  const version = await releaseVersion(DEFAULTS, readAssets());
  expect(out).toContain(`Release ${version}.`);
  for (const stack of ['launchpad', 'launchpad-trial', 'prerequisites', 'directory', 'cluster', 'access']) {
    expect(out).toContain(encodeURIComponent(`/podlaunch/releases/${version}/templates/${stack}.yaml`));
  }
});

test('everything in one stack comes first, then what a launcher makes in parts', async () => {
  const { out } = await links(...to);
  expect(out).toMatch(/^Release \S+\. Launch launchpad: it is everything in one stack \(launchpad-trial: /);
  expect([...out.matchAll(/^ {2}([a-z-]+) /gm)].map(([, stack]) => stack)).toEqual([...STACK_NAMES]);
  expect(out).not.toMatch(/param_/);
});

test.each([['--json'], ['--format', 'json'], ['--format=json']])('%s %s', async (...flags) => {
  const { code, out } = await links(
    ...to,
    '--stack',
    'cluster',
    '--launch-region',
    'eu-west-1',
    '--launch-region',
    'us-east-1',
    ...flags,
  );
  expect(code).toBe(0);
  const { version, links: found } = JSON.parse(out);
  expect(version).toBe(await releaseVersion(DEFAULTS, readAssets()));
  expect(found.map((link: object) => Object.keys(link))).toEqual([
    ['action', 'stack', 'region', 'url'],
    ['action', 'stack', 'region', 'url'],
  ]);
  expect(found).toMatchObject([
    { stack: 'cluster', region: 'eu-west-1' },
    { stack: 'cluster', region: 'us-east-1' },
  ]);
});

test('the configuration says where, the command line wins', async () => {
  writeFileSync(
    join(cwd, 'podlaunch.yaml'),
    'project: { name: physics }\npublish: { to: s3://a-bucket, region: eu-west-1 }\nrelease: { version: "2.0" }\n',
  );
  const { out } = await links('--stack', 'cluster', '--offline');
  expect(out).toContain(
    'https%3A%2F%2Fa-bucket.s3.eu-west-1.amazonaws.com%2Freleases%2F2.0%2Ftemplates%2Fcluster.yaml',
  );
  expect(out).toContain('stackName=physics-cluster');
  const elsewhere = ['--to', 's3://b-bucket', '--region', 'us-east-2', '--stack-name', 'chemistry'];
  const other = await links('--stack', 'cluster', '--version', '3.0', '--offline', ...elsewhere);
  expect(other.out).toContain('stackName=chemistry-cluster');
  expect(other.out).toContain('https%3A%2F%2Fb-bucket.s3.us-east-2.amazonaws.com%2Freleases%2F3.0%2F');
});

test('--param fills in what the template has; a value may contain an equals sign', async () => {
  const { out } = await links(
    ...to,
    '--param',
    'ClusterName=physics',
    '--param',
    'BindDn=CN=r,OU=U,DC=a,DC=b',
    '--json',
  );
  const urls = JSON.parse(out).links.map(({ url }: { url: string }) => url);
  const [launchpad, , , directory, , cluster] = urls;
  expect(directory).toContain('param_BindDn=CN%3Dr%2COU%3DU%2CDC%3Da%2CDC%3Db');
  expect(directory).not.toContain('ClusterName');
  expect(cluster).toContain('param_ClusterName=physics');
  expect(launchpad).toContain('param_ClusterName=physics');
});

test.each([
  [
    'markdown',
    /^\| Region \| launchpad \| launchpad-trial \| 1\. prerequisites \| 2\. directory \| 3\. people \| 4\. cluster \| 5\. access \|\n/,
  ],
  ['html', /^<section /],
])('--format %s', async (format, start) => {
  expect((await links(...to, '--format', format)).out).toMatch(start);
});

describe('refused with exit code 1', () => {
  test.each([
    ['without a target', [], 'PL5001'],
    ['a folder', ['--to', './out'], 'PL5001'],
    ['a bucket with dots', ['--to', 's3://my.bucket'], 'PL4012'],
    ['another partition', [...to, '--launch-region', 'cn-north-1'], 'PL5003'],
    ['no region', [...to, '--launch-region', 'nowhere'], 'PL5002'],
    ['a region that does not exist', [...to, '--launch-region', 'us-est-1'], 'PL5002'],
    ["a region of the bucket's that does not exist", ['--to', 's3://my-bucket/p', '--region', 'us-est-1'], 'PL5002'],
    ['a bucket in a region that does not exist', [...to, '--region', 'us-west-9'], 'PL5002'],
    ['a channel, without looking', [...to, '--channel', 'latest'], 'PL5012'],
    ['parameters of another release, without looking', [...to, '--version', '9', '--param', 'ClusterName=a'], 'PL5012'],
    ['an unknown parameter', [...to, '--param', 'ClusterNme=x'], 'PL5004'],
    ['a value that is not allowed', [...to, '--param', 'ClusterName=-'], 'PL5006'],
    ['the name of the first administrator', [...to, '--param', 'AdminUser=mallory'], 'PL5013'],
    ['their key', [...to, '--param', 'AdminPublicKey=ssh-ed25519 AAAA'], 'PL5013'],
    ['their key, for one stack', [...to, '--stack', 'launchpad', '--param', 'AdminPublicKey=x'], 'PL5013'],
  ])('%s', async (_, argv, wanted) => {
    const { code, out, err } = await links(...argv);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(`error ${wanted}`);
    const machine = await links(...argv, '--json');
    expect(JSON.parse(machine.out).diagnostics).toMatchObject([{ code: wanted }]);
  });
});

describe('usage', () => {
  test.each([
    [['--param', 'ClusterName']],
    [['--param', 'A=1', '--param', 'A=2']],
    [['--stack', 'clutser']],
    [['--format', 'pdf']],
    [['--version', '1', '--channel', 'latest']],
  ])('%j', async (argv) => {
    expect(await links(...to, ...argv)).toMatchObject({ code: 2, out: '' });
  });
});
