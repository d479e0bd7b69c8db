import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Launcher, RELEASES, startLauncher } from '../stacks/launcher.ts';
import { assetsOf, copiesOf } from '../support/assets.ts';
import { keyboard } from '../support/keyboard.ts';
import { ACCOUNT } from '../support/ministack.ts';
import { hasPython } from '../support/python-tools.ts';
import { type CliRunOptions, runCli } from '../support/run-cli.ts';

const FILES = { 'lib/join.py': 'print(1)\n', 'on_init_complete.sh': '#!/usr/bin/env bash\necho 1\n' };
const ASSETS = assetsOf(FILES);

/** The events of a run with --json. */
function eventsOf(out: string): readonly any[] {
  return out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe.skipIf(!hasPython())('podlaunch deploy', () => {
  let launcher: Launcher;
  let cwd: string;
  let version: string;
  const deploy = (argv: readonly string[], options: CliRunOptions = {}) =>
    runCli(['deploy', '--no-preflight', '--endpoint-url', launcher.url, ...argv], { cwd, ...options });
  const released = (...argv: readonly string[]) => [
    ...['--version', version, '--to', `s3://${RELEASES.bucketName}/${RELEASES.prefix}`, '--bucket-region', 'us-west-2'],
    ...['--audience', `accounts:${ACCOUNT}`, ...argv],
  ];

  beforeAll(async () => {
    cwd = mkdtempSync(join(tmpdir(), 'podlaunch-deploy-'));
    launcher = await startLauncher();
    const { prerequisites } = await launcher.publish(ASSETS);
    version = /releases\/([^/]+)\//.exec((prerequisites.value as any).Parameters.ReleaseKeyPrefix.Default)![1]!;
  });
  afterAll(async () => {
    rmSync(cwd, { recursive: true, force: true });
    await launcher?.stop();
  });

  test('a release: the small stacks in order, outputs handed on, one event of JSON a line', {
    timeout: 120_000,
  }, async () => {
    const { code, out, err } = await deploy(released('--yes', '--json', '--param', 'Worker1InstanceCount=2'));
    const events = eventsOf(out);
    expect(code, `${JSON.stringify(events.at(-1))}${err}`).toBe(0);
    const done = events.filter(({ event }) => event === 'done').map(({ stack, result }) => `${stack} ${result}`);
    expect(done).toEqual([
      'podlaunch-prerequisites created',
      'podlaunch-directory created',
      'podlaunch-cluster created',
    ]);
    const { InstanceGroups, VpcConfig } = await launcher.cli(
      'sagemaker',
      'describe-cluster',
      '--cluster-name',
      'hyperpod',
    );
    const { outputs } = events.find(({ event, stack }) => event === 'done' && stack === 'podlaunch-prerequisites');
    expect(VpcConfig.Subnets).toEqual([outputs.ClusterSubnetId]);
    expect(InstanceGroups[2].TargetCount).toBe(2);
    expect(InstanceGroups[0].LifeCycleConfig.SourceS3Uri).toContain(ASSETS.sha256);
    const file = join(cwd, '.podlaunch-deploy.json');
    expect(JSON.parse(readFileSync(file, 'utf8')).stacks['us-west-2/podlaunch-cluster']).toEqual({
      values: { Worker1InstanceCount: '2' },
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('again: nothing to do, with what is remembered', { timeout: 60_000 }, async () => {
    const { code, err } = await deploy(released('--yes'));
    expect(code, err).toBe(0);
    for (const stack of ['prerequisites', 'directory', 'cluster'])
      expect(err).toContain(`podlaunch-${stack}: nothing to do.`);
  });

  test('a URL of the release, and one stack: the change is shown, and made after a yes', async () => {
    const from = `${launcher.url}/${RELEASES.bucketName}/${RELEASES.prefix}releases/${version}/`;
    const argv = ['cluster', '--from', from, '--bucket-region', 'us-west-2', '--audience', `accounts:${ACCOUNT}`];
    argv.push('--param', 'Worker1InstanceCount=3');
    const no = await deploy(argv, { isTTY: true, stdin: keyboard('n\n').stdin, env: { NO_COLOR: '1' } });
    expect(no).toMatchObject({ code: 0, err: expect.stringContaining('podlaunch-cluster: nothing was changed.') });
    expect(no.err).toContain('~ Cluster (AWS::SageMaker::Cluster)');
    const yes = await deploy(argv, { isTTY: true, stdin: keyboard('y\n').stdin, env: { NO_COLOR: '1' } });
    expect(yes.code, yes.err).toBe(0);
    expect(yes.out).toContain('podlaunch-cluster: updated');
    expect(yes.err).toMatch(/podlaunch-cluster {2}UPDATE_COMPLETE/);
    const { InstanceGroups } = await launcher.cli('sagemaker', 'describe-cluster', '--cluster-name', 'hyperpod');
    expect(InstanceGroups[2].TargetCount).toBe(3);
  });

  test('podlaunch.yaml: what was compiled is sent, and the scripts are copied', { timeout: 120_000 }, async () => {
    for (const [path, text] of Object.entries(FILES)) {
      mkdirSync(join(cwd, 'scripts', path, '..'), { recursive: true });
      writeFileSync(join(cwd, 'scripts', path), text);
    }
    writeFileSync(join(cwd, 'podlaunch.yaml'), 'project: {name: own}\nlifecycleScripts: scripts\n');
    const { code, out, err } = await deploy(['prerequisites', '--yes', '--json']);
    expect(code, out + err).toBe(0);
    const { outputs } = eventsOf(out).find(({ event }) => event === 'done');
    const { Contents } = await launcher.cli('s3api', 'list-objects-v2', '--bucket', outputs.NodeBucketName);
    const keys = Contents.map(({ Key }: { Key: string }) => Key);
    expect(keys.sort()).toEqual(Object.keys(copiesOf(ASSETS)).sort());
    expect(eventsOf(out)).toContainEqual(
      expect.objectContaining({ event: 'note', text: '4 node scripts were copied.' }),
    );
    rmSync(join(cwd, 'podlaunch.yaml'));
  });

  test('preflight first: what AWS does not say is a warning, and what does not fit ends it', {
    timeout: 120_000,
  }, async () => {
    const run = (...argv: readonly string[]) =>
      runCli(['deploy', '--endpoint-url', launcher.url, '--json', '--yes', '--stack-name', 'looked', ...argv], { cwd });
    const taken = await run(...released());
    expect(eventsOf(taken.out).at(-1).diagnostics).toContainEqual(
      expect.objectContaining({ code: 'PL8101', message: expect.stringContaining('hyperpod') }),
    );
    expect(
      (await launcher.cli('cloudformation', 'describe-stacks')).Stacks.map((one: any) => one.StackName),
    ).not.toContain('looked-prerequisites');
    const argv = released('prerequisites', '--param', 'CreateFileSystem=false');
    const part = await run(...argv);
    expect(part.code, part.out).toBe(0);
  });

  test('what cannot go on is refused in words, as JSON too', async () => {
    const refused = async (...argv: readonly string[]) => {
      const { code, out } = await deploy([...argv, '--json']);
      return [
        code,
        ...eventsOf(out)
          .at(-1)
          .diagnostics.map((one: any) => one.code),
      ];
    };
    expect(await refused(...released('launchpad'))).toEqual([1, 'PL8513']);
    expect(await refused(...released('--param', 'ClusterNam=x'))).toEqual([1, 'PL8505']);
    expect(await refused(...released('--stack-name', 'a b'))).toEqual([1, 'PL5007']);
    expect(await refused('--from', 'https://example.com/releases/1.0.0/')).toEqual([1, 'PL8512']);
    expect(await refused(...released('cluster', '--stack-name', 'other'))).toEqual([1, 'PL8504']);
    expect(await refused(...released('prerequisites', '--stack-name', 'other'))).toEqual([1, 'PL8507']);
    const away = await runCli(['deploy', '--yes', '--json', '--no-preflight', '--endpoint-url', 'http://127.0.0.1:9'], {
      cwd,
    });
    expect(eventsOf(away.out).at(-1)).toMatchObject({ event: 'refused', diagnostics: [{ code: 'PL8501' }] });
  });
});
