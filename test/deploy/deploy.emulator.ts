import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { nodeLogGroup } from '../../src/status/node-status.ts';
import { KEY } from '../functions/preflight/situation.ts';
import { type Launcher, RELEASES } from '../stacks/launcher.ts';
import { assetsOf, copiesOf } from '../support/assets.ts';
import { atEveryRequest, PASSING } from '../support/every-request.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { keyboard } from '../support/keyboard.ts';
import { writeLog } from '../support/logs.ts';
import { ACCOUNT } from '../support/ministack.ts';
import { hasPython } from '../support/python-tools.ts';
import { type CliRunOptions, runCli } from '../support/run-cli.ts';
import { createStack } from '../support/stacks.ts';
import { eventsOf, FILES, type Released, startReleased } from './released.ts';

const ASSETS = assetsOf(FILES);

// The emulator's directory speaks no LDAP: the function of the release says that it is done.
vi.mock('../../src/functions/generated/people.ts', () => ({
  PEOPLE_CODE: { of: 'people', text: 'exports.handler = async () => ({ done: [], notes: [] });' },
}));

const FIRST_PERSON = ['--param', 'AdminUser=ada', '--param-file', 'AdminPublicKey=ada.pub'];

describe.skipIf(!hasPython())('podlaunch deploy', () => {
  let own: Released;
  let launcher: Launcher;
  let cwd: string;
  let version: string;
  const deploy = (argv: readonly string[], options?: CliRunOptions) =>
    own.run(['deploy', '--no-preflight', ...argv], options);
  const released = (...argv: readonly string[]) => own.released(...argv);

  beforeAll(async () => {
    own = await startReleased();
    ({ launcher, cwd, version } = own);
    writeFileSync(join(cwd, 'ada.pub'), `${KEY}\n`);
  });
  afterAll(() => own?.stop());

  test('a release: the small stacks in order, outputs handed on, one event of JSON a line', {
    timeout: 120_000,
  }, async () => {
    const { code, out, err } = await deploy(
      released('--small-stacks', '--yes', '--json', '--param', 'Worker1InstanceCount=2', ...FIRST_PERSON),
    );
    const events = eventsOf(out);
    expect(code, `${JSON.stringify(events.at(-1))}${err}`).toBe(0);
    const done = events.filter(({ event }) => event === 'done').map(({ stack, result }) => `${stack} ${result}`);
    expect(done).toEqual([
      'podlaunch-prerequisites created',
      'podlaunch-directory created',
      'podlaunch-people created',
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
    const { code, err } = await deploy(released('--small-stacks', '--yes'));
    expect(code, err).toBe(0);
    for (const stack of ['prerequisites', 'directory', 'people', 'cluster'])
      expect(err).toContain(`podlaunch-${stack}: nothing to do.`);
  });

  describe('podlaunch status', () => {
    const status = (url: string, ...argv: readonly string[]) =>
      runCli(['status', '--endpoint-url', url, '--audience', `accounts:${ACCOUNT}`, ...argv], { cwd });

    test('says all that can be known, and no newer release', { timeout: 60_000 }, async () => {
      const { out } = await status(launcher.url, '--drift', '--json');
      const found = JSON.parse(out);
      expect(found.stacks.known.map((one: any) => [one.name, one.status, one.version])).toEqual([
        ['podlaunch-prerequisites', 'CREATE_COMPLETE', version],
        ['podlaunch-directory', 'CREATE_COMPLETE', version],
        ['podlaunch-people', 'CREATE_COMPLETE', undefined],
        ['podlaunch-cluster', 'CREATE_COMPLETE', undefined],
      ]);
      for (const { drift } of found.stacks.known) expect(drift).toHaveProperty('known');
      expect(found.cluster.known.groups[2]).toMatchObject({ wanted: 2, nodes: { Running: 2 } });
      // The emulator makes up the name of an imported certificate, and its end.
      expect(found.certificate.known.arn).toMatch(/^arn:aws:acm:/);
      expect(found.certificate.known.daysLeft).toBeGreaterThan(0);
      expect(found.passwords.map((one: any) => [one.id, one.known.age])).toEqual([
        ['AdminSecret', 0],
        ['BindSecret', 0],
      ]);
      expect(found.targets.known).toHaveLength(2);
      expect(found.newer.known).toEqual({ channel: 'latest', version, isNewer: false });
      const text = await status(launcher.url);
      expect(text.out).toMatch(/^Stacks\n {2}podlaunch-prerequisites {2}CREATE_COMPLETE {2}\S+ {2}release /);
    });

    test('which nodes joined, as they said in CloudWatch when they were launched', async () => {
      const { known } = JSON.parse((await status(launcher.url, '--json')).out).cluster;
      const [joined, failed] = known.instances.filter(({ group }: any) => group === known.groups[2].name);
      const group = nodeLogGroup(known.name, known.arn);
      await launcher.cli('logs', 'create-log-group', '--log-group-name', group);
      const stream = ({ id, group }: any) => `LifecycleConfig/${group}/${id}`;
      const words = 'podlaunch: 9 changes made; this node is a member of the directory';
      await writeLog(launcher.aws, { group, stream: stream(joined) }, 'podlaunch: PLN-ENDS: soon', words);
      await writeLog(launcher.aws, { group, stream: stream(failed) }, 'other words', 'podlaunch: PLN-TLS: no');
      const { nodes } = JSON.parse((await status(launcher.url, '--json')).out);
      const of = (id: string) => nodes.known.find((one: any) => one.id === id);
      expect([of(joined.id), of(failed.id)]).toMatchObject([
        { joined: true, codes: [] },
        { joined: false, codes: ['PLN-TLS'] },
      ]);
      const text = await status(launcher.url);
      expect(text.out).toMatch(/2 wanted {2}2 Running\n {6}when they were launched: 1 joined, 1 PLN-TLS\n/);
    });

    test('what cannot be reached is unknown, with the reason; the rest is said', { timeout: 120_000 }, async () => {
      const proxy = await startFaultProxy(launcher.url);
      try {
        for (const fate of ['cut', 403, { status: 403, code: 'ExpiredToken' }] as const) {
          proxy.decide = (_, { action }) => (/^(DescribeStacks|ListStackResources)$/.test(action) ? 'pass' : fate);
          const found = JSON.parse((await status(proxy.url, '--drift', '--json')).out);
          expect(found.stacks.known).toHaveLength(4);
          for (const one of [found.cluster, found.certificate, found.targets, found.newer, ...found.passwords])
            expect(one.unknown).toMatch(/\w/);
          expect(found.stacks.known[0].drift.unknown).toContain('drift');
          expect(found.problems).toEqual([]);
        }
        proxy.decide = () => ({ status: 403, code: 'AccessDenied' });
        const nothing = await status(proxy.url);
        expect(nothing).toMatchObject({ code: 1, out: expect.stringContaining('unknown: Could not read the stack') });
        expect(nothing.err).not.toContain(' at ');
      } finally {
        await proxy.stop();
      }
    });

    test('of a project without stacks', async () => {
      const { code, out } = await status(launcher.url, '--stack-name', 'nobody');
      expect({ code, out }).toEqual({ code: 0, out: 'Stacks\n  none of nobody in us-west-2\n' });
    });
  });

  describe.each([
    ['status', ['--json', '--drift', '--audience', `accounts:${ACCOUNT}`]],
    ['logs', ['--json']],
  ])('podlaunch %s with a fault at every request', (command, argv) => {
    const run = (url: string) => own.run([command, '--endpoint-url', url, ...argv]);

    test.each(PASSING)('once: %j costs a repetition, and nothing else', async (fate) => {
      await atEveryRequest(launcher.url, { fate }, run, ({ result: { code, out }, request, clean }) =>
        expect([request, code, JSON.parse(out)]).toEqual([request, clean.code, JSON.parse(clean.out)]),
      );
    });

    test.each(['AccessDenied', 'ExpiredToken'])('from there on: %s is said, with the next step', async (code) => {
      const fate = { status: 403, code };
      await atEveryRequest(launcher.url, { fate, last: true }, run, ({ result: { out, err }, request }) => {
        const { diagnostics = [], ...found } = JSON.parse(out);
        const said = JSON.stringify(diagnostics.length > 0 ? diagnostics : found);
        expect(said, request).toMatch(/denied|expired|test says/);
        for (const one of diagnostics)
          expect(one, request).toMatchObject({
            code: expect.stringMatching(/^PL8[56]01$/),
            hint: expect.stringMatching(/\w/),
          });
        expect(out + err, request).not.toMatch(/^ {4}at /m);
      });
    });
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

  test('a release that takes no updates from the stacks is refused, and the way that it names is open', {
    timeout: 120_000,
  }, async () => {
    const nodes = { ...DEFAULTS.nodes, refreshSeconds: 601 };
    const releaseOf = (release: Config['release']) => launcher.publish(ASSETS, { ...DEFAULTS, nodes, release });
    await releaseOf({ version: '0.5.0' });
    await releaseOf({ version: '0.9.0', minimumFrom: '0.5.0' });
    const to = (wanted: string, ...argv: string[]) => deploy([...released(...argv), '--version', wanted, '--json']);
    for (const stack of [['cluster'], ['--small-stacks']]) {
      const { code, out } = await to('0.9.0', '--yes', ...stack);
      const [{ code: found, message, hint }] = eventsOf(out).at(-1).diagnostics;
      expect([code, found]).toEqual([1, 'PL4064']);
      expect(message).toMatch(/^podlaunch-\w+: Release 0\.9\.0 takes updates from 0\.5\.0 on; 0\.1\.0-\w+ is older\.$/);
      expect(hint).toBe('Update the stacks to 0.5.0 first, and then to 0.9.0.');
    }
    const anew = await to('0.9.0', '--stack-name', 'anew', 'prerequisites');
    expect(eventsOf(anew.out).at(-1).diagnostics).toMatchObject([{ code: 'PL8507' }]);
    // What the console's form shows, and sends again, is where the stack's own release is.
    const url = `${launcher.url}/${RELEASES.bucketName}/${RELEASES.prefix}releases/0.5.0/templates/prerequisites.yaml`;
    const again = [
      '--capabilities',
      'CAPABILITY_IAM',
      '--parameters',
      'ParameterKey=ReleaseKeyPrefix,UsePreviousValue=true',
    ];
    const form = ['update-stack', '--stack-name', 'podlaunch-prerequisites', '--template-url', url, ...again];
    await expect(launcher.cli('cloudformation', ...form)).rejects.toThrow(/ReleaseKeyPrefix/);
    // The release of prerequisites is not that of the others: their templates say it.
    expect((await to('0.5.0', '--yes', 'prerequisites')).code).toBe(0);
    for (const stack of [['cluster'], ['--small-stacks']]) {
      const { code, out } = await to('0.9.0', '--yes', ...stack);
      expect([code, eventsOf(out).at(-1).diagnostics]).toMatchObject([
        1,
        [
          {
            code: 'PL4064',
            message: expect.stringMatching(/^podlaunch-cluster: Release 0\.9\.0 .*; 0\.1\.0-\w+ is older\.$/),
            hint: 'Update the stacks to 0.5.0 first, and then to 0.9.0.',
          },
        ],
      ]);
    }
    for (const wanted of ['0.5.0', '0.9.0']) {
      const { code, out } = await to(wanted, '--yes', '--small-stacks');
      expect(code, out).toBe(0);
      // Of the directory nothing is another in them but the output that leads to the release of the next stack.
      const directory = eventsOf(out).filter(({ stack }) => stack === 'podlaunch-directory');
      expect(directory.find(({ event }) => event === 'plan').changes).toEqual([]);
      expect(directory.at(-1)).toMatchObject({ event: 'done', result: 'updated' });
      const status = await runCli(['status', '--endpoint-url', launcher.url, '--json'], { cwd });
      const versions = JSON.parse(status.out).stacks.known.map((one: any) => one.version);
      expect(versions.slice(0, 2)).toEqual([wanted, wanted]);
    }
    const stack = ['--stack-name', 'podlaunch-cluster'];
    const { TemplateBody } = await launcher.cli('cloudformation', 'get-template', ...stack);
    const { Stacks } = await launcher.cli('cloudformation', 'describe-stacks', ...stack);
    const kept = Stacks[0].Parameters.map(({ ParameterKey: key }: any) => `ParameterKey=${key},UsePreviousValue=true`);
    const edited = ['--template-body', TemplateBody.replaceAll('"refreshSeconds": 601', '"refreshSeconds": 602')];
    const argv = [...stack, ...edited, '--capabilities', 'CAPABILITY_IAM', '--parameters', ...kept];
    await launcher.cli('cloudformation', 'update-stack', ...argv);
    await launcher.cli('cloudformation', 'wait', 'stack-update-complete', ...stack);
    const other = await to('0.9.0', '--yes', 'cluster');
    expect(eventsOf(other.out).at(-1).diagnostics).toMatchObject([
      {
        code: 'PL4064',
        message: expect.stringContaining('its template is of none of the releases'),
        hint: expect.stringContaining('podlaunch deploy cluster --version 0.5.0'),
      },
    ]);
    for (const wanted of ['0.5.0', '0.9.0']) {
      const { code, out } = await to(wanted, '--yes', 'cluster');
      expect(code, out).toBe(0);
    }
  });

  test('a release that was withdrawn is refused with the reason, but for who wants it', {
    timeout: 60_000,
  }, async () => {
    const to = ['--to', `s3://${RELEASES.bucketName}/${RELEASES.prefix}`, '--endpoint-url', launcher.url];
    expect((await runCli(['withdraw', '0.9.0', '--why', 'It loses jobs.', ...to], { cwd })).code).toBe(0);
    const again = (...argv: string[]) => deploy([...released('cluster', ...argv), '--version', '0.9.0']);
    const { code, err } = await again('--yes');
    expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/error PL4061: .*: It loses jobs\.\n/) });
    expect(err).toContain('--allow-withdrawn');
    const wanted = await again('--yes', '--allow-withdrawn');
    expect(wanted).toMatchObject({ code: 0, err: expect.stringContaining('It loses jobs.') });
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
      own.run(['deploy', '--json', '--yes', '--stack-name', 'looked', ...argv]);
    const taken = await run(...released('--small-stacks', ...FIRST_PERSON));
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
    expect(await refused(...released('nothing'))).toEqual([1, 'PL8513']);
    expect(await refused(...released('--param', 'ClusterNam=x'))).toEqual([1, 'PL8505']);
    expect(await refused(...released('--stack-name', 'a b'))).toEqual([1, 'PL5007']);
    expect(await refused('--from', 'https://example.com/releases/1.0.0/')).toEqual([1, 'PL8512']);
    expect(await refused(...released('cluster', '--stack-name', 'other'))).toEqual([1, 'PL8504']);
    expect(await refused(...released('prerequisites', '--stack-name', 'other'))).toEqual([1, 'PL8507']);
    expect(await refused(...released('--small-stacks', '--stack-name', 'unsaid', '--yes'))).toEqual([1, 'PL8504']);
    const { Stacks } = await launcher.cli('cloudformation', 'describe-stacks');
    expect(Stacks.filter((one: any) => one.StackName.startsWith('unsaid'))).toEqual([]);
    const away = await runCli(['deploy', '--yes', '--json', '--no-preflight', '--endpoint-url', 'http://127.0.0.1:9'], {
      cwd,
    });
    expect(eventsOf(away.out).at(-1)).toMatchObject({ event: 'refused', diagnostics: [{ code: 'PL8501' }] });
  });

  describe('podlaunch destroy', () => {
    const destroy = (argv: readonly string[], options?: CliRunOptions) => own.run(['destroy', ...argv], options);
    const there = async () => {
      const { Stacks } = await launcher.cli('cloudformation', 'describe-stacks');
      return Stacks.map((one: any) => one.StackName).filter((name: string) => name.startsWith('podlaunch-'));
    };
    const count = async (key: string, ...command: readonly string[]) => (await launcher.cli(...command))[key].length;

    test('says what goes and what stays, and does nothing without the name', async () => {
      const options = { isTTY: true, env: { NO_COLOR: '1' }, stdin: keyboard('podlunch\n').stdin };
      const { code, out, err } = await destroy([], options);
      expect({ code, out }).toEqual({ code: 0, out: 'Nothing was changed.\n' });
      expect(err).toMatch(
        /1\. delete the stack podlaunch-cluster\n {2}2\. delete the stack podlaunch-people\n {2}3\. delete the stack podlaunch-directory\n/,
      );
      expect(err).toMatch(/the stack podlaunch-prerequisites, because d-\S+ and fs-\S+ need its subnets/);
      expect(err).toMatch(/fs-\S+: the file system with all its files: costs every hour/);
      expect(await there()).toHaveLength(4);
      expect((await destroy([])).err).toContain('PL8507');
    });

    test('the data stays, and the network that it is in', { timeout: 60_000 }, async () => {
      const { code, out } = await destroy(['--yes', '--json']);
      expect(code, out).toBe(0);
      const events = eventsOf(out);
      expect(events.filter(({ event }) => event === 'done').map(({ stack }) => stack)).toEqual([
        'podlaunch-cluster',
        'podlaunch-people',
        'podlaunch-directory',
      ]);
      expect(events.at(-1)).toMatchObject({ event: 'ended', result: 'destroyed' });
      expect(await there()).toEqual(['podlaunch-prerequisites']);
      expect(await count('DirectoryDescriptions', 'ds', 'describe-directories')).toBe(1);
    });

    test('--data goes on from there: all that was kept goes, and then the network', { timeout: 120_000 }, async () => {
      const fileSystems = await count('FileSystems', 'fsx', 'describe-file-systems');
      const { code, out, err } = await destroy(['--data', '--yes']);
      expect(code, out + err).toBe(0);
      expect(await there()).toEqual([]);
      expect(await count('DirectoryDescriptions', 'ds', 'describe-directories')).toBe(0);
      expect(await count('FileSystems', 'fsx', 'describe-file-systems')).toBe(fileSystems - 1);
      expect(await count('SecretList', 'secretsmanager', 'list-secrets')).toBe(0);
      const { stacks } = JSON.parse(readFileSync(join(cwd, '.podlaunch-deploy.json'), 'utf8'));
      expect(stacks['us-west-2/podlaunch'].kept).toEqual([]);
      expect(await destroy(['--data', '--yes'])).toMatchObject({
        code: 0,
        out: expect.stringContaining('Nothing of podlaunch'),
      });
    });

    describe('with a fault at every request', () => {
      const template = `Resources:
  Topic: {Type: AWS::SNS::Topic}
  Vpc: {Type: AWS::EC2::VPC, DeletionPolicy: Retain, Properties: {CidrBlock: 10.9.0.0/16}}
  Subnet: {Type: AWS::EC2::Subnet, DeletionPolicy: Retain, Properties: {CidrBlock: 10.9.0.0/24, VpcId: !Ref Vpc}}
  Secret: {Type: AWS::SecretsManager::Secret, DeletionPolicy: Retain, Properties: {SecretString: any}}
`;
      let number = 0;
      const run = (url: string, project: string) =>
        destroy(['--endpoint-url', url, '--stack-name', project, '--data', '--yes', '--json']);
      const fresh = async (url: string) => {
        const project = `faulty-${number++}`;
        await createStack({ name: `${project}-launchpad`, template }, launcher.aws);
        return { project, ...(await run(url, project)) };
      };
      const left = async () => [
        (await launcher.cli('cloudformation', 'describe-stacks')).Stacks.filter((one: any) =>
          one.StackName.startsWith('faulty-'),
        ),
        (await launcher.cli('ec2', 'describe-vpcs', '--filters', 'Name=cidr,Values=10.9.0.0/16')).Vpcs,
      ];

      test.each(['loseAnswer', { status: 400, code: 'Throttling' }] as const)(
        'once: %j costs a repetition, and nothing else',
        async (fate) => {
          await atEveryRequest(launcher.url, { fate }, fresh, ({ result: { code, out }, request }) =>
            expect([request, code, eventsOf(out).at(-1)]).toMatchObject([request, 0, { result: 'destroyed' }]),
          );
          expect(await left()).toEqual([[], []]);
        },
      );

      test('from there on: AccessDenied ends it in words, and the next run goes on', async () => {
        const fate = { status: 403, code: 'AccessDenied' };
        await atEveryRequest(launcher.url, { fate, last: true }, fresh, async ({ result, request, proxy }) => {
          if (result.code !== 0) {
            const [found] = eventsOf(result.out).at(-1).diagnostics;
            expect(found.code, request).toMatch(/^PL85(?:01|14)$/);
            expect(found.message, request).toContain('denied');
            expect(found.hint, request).toMatch(/^The credentials need /);
          }
          proxy.reset();
          const again = await run(proxy.url, result.project);
          expect([request, again.code], again.out).toEqual([request, 0]);
        });
        expect(await left()).toEqual([[], []]);
      });
    });

    test('a network that its stack keeps goes from the inside out, and a protected stack stays', {
      timeout: 60_000,
    }, async () => {
      const kept = (properties: string) => `DeletionPolicy: Retain, Properties: {${properties}}`;
      const template = `Resources:
  Vpc: {Type: AWS::EC2::VPC, ${kept('CidrBlock: 10.9.0.0/16')}}
  Subnet: {Type: AWS::EC2::Subnet, ${kept('CidrBlock: 10.9.0.0/24, VpcId: !Ref Vpc')}}
  Group: {Type: AWS::EC2::SecurityGroup, ${kept('GroupDescription: kept, VpcId: !Ref Vpc')}}
`;
      await createStack({ name: 'whole-launchpad', template }, launcher.aws);
      const protect = ['--stack-name', 'whole-launchpad'];
      await launcher.cli(
        'cloudformation',
        'update-termination-protection',
        '--enable-termination-protection',
        ...protect,
      );
      expect((await destroy(['--stack-name', 'whole', '--yes'])).err).toContain('PL8515');
      await launcher.cli(
        'cloudformation',
        'update-termination-protection',
        '--no-enable-termination-protection',
        ...protect,
      );
      const { code, out, err } = await destroy(['--stack-name', 'whole', '--data', '--yes']);
      expect(code, out + err).toBe(0);
      expect(err.match(/Gone: [a-z]+-/g)).toEqual(['Gone: sg-', 'Gone: subnet-', 'Gone: vpc-']);
      const vpcs = await launcher.cli('ec2', 'describe-vpcs', '--filters', 'Name=cidr,Values=10.9.0.0/16');
      expect(vpcs.Vpcs).toEqual([]);
    });
  });
});
