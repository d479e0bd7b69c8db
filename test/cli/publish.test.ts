import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readAssets } from '../../src/assets/read-assets.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { buildRelease } from '../../src/pipelines/build-release.ts';
import { STACK_NAMES } from '../../src/stacks/stack-name.ts';
import { runCli } from '../support/run-cli.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'podlaunch-publish-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

const run = (...argv: string[]) => runCli(argv, { cwd });
const channel = (folder = 'out') => JSON.parse(readFileSync(join(cwd, folder, 'channels/latest.json'), 'utf8'));
const { release } = await buildRelease(DEFAULTS, readAssets());

describe('publish', () => {
  test('without a configuration: a whole release in the folder out', async () => {
    const { code, out } = await run('publish');
    expect(code).toBe(0);
    const files = release.files.length + 1;
    expect(out).toContain(
      `Published ${release.version} to out/releases/${release.version}/ (${files} of ${files} files written)`,
    );
    expect(out).toContain(`Channel latest -> ${release.version}`);
    for (const { path, bytes } of [...release.files, release.manifest]) {
      expect(readFileSync(join(cwd, 'out/releases', release.version, path)).equals(bytes), path).toBe(true);
    }
    expect(channel()).toEqual({
      channel: 'latest',
      version: release.version,
      manifestSha256: release.manifest.sha256,
    });
  });

  test('a second time nothing is written', async () => {
    await run('publish');
    expect((await run('publish')).out).toContain('files were there');
  });

  test('--dry-run prints the plan and writes nothing', async () => {
    const { code, out } = await run('publish', '--dry-run', '--version', '1.0.0', '--to', './there');
    expect(code).toBe(0);
    expect(out).toMatch(/^Release 1\.0\.0 in there\/releases\/1\.0\.0\/\n {2}write {4}manifest\.json\n/);
    expect(readdirSync(cwd)).toEqual([]);
  });

  test('--json says what was done', async () => {
    const { out } = await run('publish', '--json', '--channel', 'stable', '--version', '1.0.0');
    expect(JSON.parse(out)).toMatchObject({
      version: '1.0.0',
      to: join(cwd, 'out'),
      channel: 'stable',
      announced: true,
      dryRun: false,
      written: expect.arrayContaining(['manifest.json', 'templates/cluster.yaml', 'assets.json']),
      files: release.files.length + 1,
    });
    const again = await run('publish', '--json', '--dry-run', '--channel', 'stable', '--version', '1.0.0');
    expect(JSON.parse(again.out)).toMatchObject({ dryRun: true, announced: true, written: [] });
  });

  test('a price file is in the release, and makes another version; what is none is not published', async () => {
    const publish = async (prices: object) => {
      writeFileSync(join(cwd, 'podlaunch.yaml'), 'release: { prices: prices.json }\n');
      writeFileSync(join(cwd, 'prices.json'), JSON.stringify(prices));
      const { out } = await run('publish', '--json');
      return JSON.parse(out);
    };
    const first = { schemaVersion: 1, sources: [], regions: {} };
    const { version, written } = await publish(first);
    expect(written).toContain('prices.json');
    expect(version).not.toBe(release.version);
    expect(JSON.parse(readFileSync(join(cwd, 'out/releases', version, 'prices.json'), 'utf8'))).toEqual(first);
    expect((await run('diff', version, '--to', './out')).out).toBe('Nothing differs.\n');
    expect(JSON.parse((await run('links', '--to', 's3://my-bucket', '--offline', '--json')).out)).toMatchObject({
      version,
    });

    const second = await publish({ ...first, regions: { 'us-west-2': { instances: {}, lustre: {} } } });
    expect(second.version).not.toBe(version);
    expect((await run('diff', version, '--to', './out')).out).toContain('prices.json');
    expect((await publish({})).diagnostics).toMatchObject([{ code: 'PL5019' }]);
    rmSync(join(cwd, 'prices.json'));
    expect((await run('publish')).err).toContain('PL5019');
  });

  test('podlaunch.yaml says where to, which version and which scripts', async () => {
    const yaml = 'publish:\n  to: ./there\n  channel: nightly\nrelease:\n  version: "7"\nlifecycleScripts: scripts\n';
    writeFileSync(join(cwd, 'podlaunch.yaml'), yaml);
    expect((await run('publish')).err).toContain('PL2001');
    expect(existsSync(join(cwd, 'there'))).toBe(false);
  });

  test('the same version with other content is refused', async () => {
    await run('publish', '--version', '1.0.0');
    writeFileSync(join(cwd, 'podlaunch.yaml'), 'cluster:\n  name: other\n');
    const { code, err } = await run('publish', '--version', '1.0.0');
    expect(code).toBe(1);
    expect(err).toContain('PL4020');
  });

  test.each([
    [['--to', 's3://my.bucket/x'], 'PL4012'],
    [['--to', 'https://my-bucket'], 'PL4010'],
    [['--to', 'my-bucket'], 'PL4019'],
    [['--to', 's3://my-bucket', '--region', 'here'], 'PL4014'],
    [['--audience', 'us'], 'PL4016'],
    [['--channel', 'a/b'], 'PL4015'],
    [['--version', '../x'], 'PL4001'],
    [['--version', 'latest'], '--channel latest'],
    [['--version', 'Stable-release'], 'PL4001'],
    [['--to', 's3://my-bucket', '--expected-bucket-owner', 'me'], 'PL4017'],
  ])('%j is refused with %s, and nothing is written', async (argv, wanted) => {
    const { code, err } = await run('publish', ...argv);
    expect(code).toBe(1);
    expect(err).toContain(wanted);
    expect(readdirSync(cwd)).toEqual([]);
  });

  test('--fail-on takes two words only', async () => {
    expect((await run('publish', '--fail-on', 'info')).code).toBe(2);
  });

  test('scripts with a secret in them are not published', async () => {
    writeFileSync(join(cwd, 'podlaunch.yaml'), 'lifecycleScripts: .\n');
    writeFileSync(join(cwd, 'on_init_complete.sh'), `#!/bin/bash\npassword='${'Sup3r'}Secret'\n`);
    const { code, err } = await run('publish');
    expect(code).toBe(1);
    expect(err).toContain('PL2014');
    expect(err).toContain('on_init_complete.sh:2:1');
    expect(err).not.toContain('Sup3r');
    expect((await run('publish', '--json')).out).not.toContain('Sup3r');
    expect(existsSync(join(cwd, 'out'))).toBe(false);
  });
});

describe('scripts and settings that do not go together', () => {
  /** A publisher's own copy of the scripts, with one file changed. */
  function change(name: string, edit: (text: string) => string): void {
    const file = join(cwd, 'scripts', name);
    cpSync('lifecycle-scripts', join(cwd, 'scripts'), { recursive: true });
    writeFileSync(join(cwd, 'podlaunch.yaml'), 'lifecycleScripts: scripts\n');
    writeFileSync(file, edit(readFileSync(file, 'utf8')));
  }

  test.each([
    ['a setting that the scripts do not know', '"offlineSeconds":', '"rest":', 'PL2018', '(offlineSeconds)'],
    ['another version of the settings', '"const": 1', '"const": 2', 'PL2018', 'schemaVersion must be equal'],
    ['a schema that is none', '"maximum": 349', '"maximum": "349"', 'PL2017', 'must be number'],
    ['a schema that is not JSON', '"maximum": 349,', '"maximum": 349', 'PL2016', 'a comma or }'],
  ])('%s', async (_, from, to, code, words) => {
    change('node-settings.schema.json', (text) => text.replace(from, to));
    const { code: exit, err } = await run('publish');
    expect(exit).toBe(1);
    expect(err).toContain(code);
    expect(err).toContain(words);
    expect(existsSync(join(cwd, 'out'))).toBe(false);
  });

  test('a Python file that is broken is shown at its place', async () => {
    change('podlaunch_node/cli.py', (text) => `${text}\ndef broken(:\n`);
    const { code, err } = await run('release');
    expect(code).toBe(1);
    expect(err).toContain('PL2015');
    expect(err).toMatch(/cli\.py:\d+:12/);
  });

  test('a machine without bash and Python publishes all the same, and is told', async () => {
    vi.stubEnv('PATH', '/nowhere');
    const { code, err } = await run('publish', '--fail-on', 'warning').finally(() => vi.unstubAllEnvs());
    expect(code).toBe(0);
    expect(err.match(/PL2019/g)).toHaveLength(3);
  });
});

describe('rollback', () => {
  test('points the channel at the older release', async () => {
    await run('publish', '--version', '1.0.0');
    await run('publish', '--version', '1.1.0');
    expect(await run('rollback', '--version', '1.0.0')).toMatchObject({
      code: 0,
      out: 'Channel latest -> 1.0.0 (was 1.1.0)\n',
    });
    expect(channel().version).toBe('1.0.0');
    expect((await run('rollback', '--version', '1.0.0')).out).toBe('Channel latest points at 1.0.0 already\n');
    const { out } = await run('rollback', '--version', '1.1.0', '--channel', 'new', '--json');
    expect(JSON.parse(out)).toEqual({ channel: 'new', version: '1.1.0', from: null, moved: true, diagnostics: [] });
  });

  test('a release that is not there is refused', async () => {
    const { code, err } = await run('rollback', '--version', '1.0.0');
    expect(code).toBe(1);
    expect(err).toContain('PL4023');
    expect(readdirSync(cwd)).toEqual([]);
  });

  test('needs a version', async () => {
    expect((await run('rollback')).code).toBe(2);
  });
});

describe('release', () => {
  test('without a configuration: the release in out, links with a bucket to be chosen, and lines for the AWS CLI', async () => {
    const { code, out } = await run('release');
    expect(code).toBe(0);
    const { version } = release;
    expect(out).toContain(`Published ${version} to out/releases/${version}/`);
    expect(out.match(/https:\/\/us-west-2\.console\.aws\.amazon\.com\S+/g)).toHaveLength(STACK_NAMES.length);
    expect(out).toContain('YOUR-BUCKET');
    const lines = out.split('\n').filter((line) => line.startsWith('aws cloudformation deploy'));
    expect(lines.map((line) => line.match(/--stack-name (\S+)/)![1])).toEqual([
      'podlaunch-prerequisites',
      'podlaunch-directory',
      'podlaunch-cluster',
      'podlaunch-access',
    ]);
    for (const line of lines) expect(existsSync(join(cwd, line.match(/--template-file (\S+)/)![1]!)), line).toBe(true);
    expect(lines[0]).toMatch(/--capabilities CAPABILITY_IAM$/);
    expect(lines[1]).toMatch(
      /--capabilities CAPABILITY_IAM --parameter-overrides .*\bVpcId=VALUE\b.*\bCertificateArn=VALUE\b/,
    );
    expect(lines[2]).toContain('--capabilities CAPABILITY_IAM --parameter-overrides ');
  });

  test('the region of the links and lines is that of the environment', async () => {
    const { out } = await runCli(['release', '--json'], { cwd, env: { AWS_REGION: 'eu-west-1' } });
    const { links, deploy, written } = JSON.parse(out);
    expect(links.map(({ region }: { region: string }) => region)).toEqual(Array(STACK_NAMES.length).fill('eu-west-1'));
    expect(links[0].url).toContain(encodeURIComponent('https://YOUR-BUCKET.s3.eu-west-1.amazonaws.com/releases/'));
    expect(deploy[0]).toContain('--region eu-west-1');
    expect(written).toHaveLength(release.files.length + 1);
  });

  test('--dry-run writes nothing', async () => {
    const { out } = await run('release', '--dry-run');
    expect(out).toContain(`Release ${release.version} in out/`);
    expect(readdirSync(cwd)).toEqual([]);
  });

  test('a region that no link could lead to is refused before anything is published', async () => {
    const { code, err } = await run('release', '--region', 'us-west-9');
    expect(code).toBe(1);
    expect(err).toContain('PL5002');
    expect(readdirSync(cwd)).toEqual([]);
  });

  test('what cannot be published has no links', async () => {
    const { code, out, err } = await run('release', '--to', 's3://my.bucket');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('PL4012');
  });
});
