import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { KEY } from '../functions/preflight/situation.ts';
import { withoutDirectory } from '../stacks/without-directory.ts';
import { awsEnvironment } from '../support/aws-cli.ts';
import { type BundledCli, bundleCli } from '../support/bundled-cli.ts';
import { keyboard } from '../support/keyboard.ts';
import { hasPython } from '../support/python-tools.ts';
import type { CliRunOptions } from '../support/run-cli.ts';
import { eventsOf, type Released, startReleased } from './released.ts';

const NAME = 'podlaunch-launchpad';

/** The part of the key that tells it from others. */
const [, SECRET] = KEY.split(' ') as [string, string];

// One account for all of them: each goes on where the one before it stopped, as a person would.
describe.skipIf(!hasPython())('podlaunch deploy of the launchpad', () => {
  let own: Released;
  let bundled: BundledCli;

  const folder = mkdtempSync(join(tmpdir(), 'podlaunch-held-'));
  const held = join(folder, 'people');

  beforeAll(async () => {
    own = await startReleased((template) => withoutDirectory(template, held));
    bundled = await bundleCli();
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    bundled?.remove();
    await own?.stop();
  });

  /** What a person types at a terminal, line by line. */
  const typed = (...lines: readonly string[]) =>
    own.run(['deploy', ...own.released()], {
      ...{ isTTY: true, env: { NO_COLOR: '1' } },
      stdin: keyboard(...lines.map((line) => `${line}\n`)).stdin,
    });
  const json = (argv: readonly string[] = [], options?: CliRunOptions) =>
    own.run(['deploy', '--json', ...own.released(...argv)], options);
  const stacks = async () => {
    const { Stacks } = await own.launcher.cli('cloudformation', 'describe-stacks');
    return Stacks.map(({ StackName, StackStatus }: any) => `${StackName} ${StackStatus}`);
  };
  const remembered = () => readFileSync(join(own.cwd, '.podlaunch-deploy.json'), 'utf8');

  test('a key that is cut off is refused before anything is made', async () => {
    const { code, out, err } = await typed('Ada!', 'ada', KEY.slice(0, 40));
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err.match(/AdminUser: /g), err).toHaveLength(2);
    expect(err).toContain('AdminPublicKey is not a valid key');
    expect(err).not.toContain(KEY.slice(12, 40));
    expect(await stacks()).toEqual([]);
  });

  test('asked for at a terminal, looked at, shown, agreed to; what failed first is told after the rollback', async () => {
    await own.launcher.refuse('Directory');
    const { code, err } = await typed(KEY, 'y');
    await own.launcher.refuse();
    expect(code, err).toBe(1);
    const order = [
      'AdminPublicKey (not shown)',
      'Looking in the account',
      `${NAME} is made:`,
      '+ Cluster',
      `Make ${NAME}`,
    ];
    expect(order.map((words) => err.indexOf(words))).toEqual(
      order.map((words) => err.indexOf(words)).toSorted((a, b) => a - b),
    );
    for (const words of order) expect(err).toContain(words);
    expect(err.match(/error PL8503: .*/g)).toEqual([expect.stringContaining('Directory is refused')]);
    expect(await stacks()).toEqual([`${NAME} ROLLBACK_COMPLETE`]);
    expect(err).not.toContain(SECRET);
    expect(JSON.parse(remembered()).stacks[`us-west-2/${NAME}`]).toEqual({ values: { AdminUser: 'ada' } });
  });

  test('Ctrl-C while it is made leaves it to CloudFormation; the next run watches it to its end, and needs no key', async () => {
    const argv = ['deploy', '--json', '--yes', '--endpoint-url', own.launcher.url, '--param-file', 'AdminPublicKey=-'];
    const env = awsEnvironment(own.launcher.aws);
    // However slow this machine is, the stack is still being made when the next run comes.
    writeFileSync(held, '');
    const child = spawn(process.execPath, [bundled.file, ...argv, ...own.released()], { cwd: own.cwd, env });
    child.stdin.end(`${KEY}\n`);
    const said = { out: '', err: '' };
    child.stderr.on('data', (piece) => {
      said.err += piece;
    });
    child.stdout.on('data', (piece) => {
      said.out += piece;
      if (!child.killed && /"event":"resource","stack":"\S+","id":"Vpc"/.test(said.out)) child.kill('SIGINT');
    });
    expect(await once(child, 'exit'), said.out + said.err).toEqual([130, null]);
    expect(said.err).toContain(`CloudFormation goes on with ${NAME}. The same command watches it to the end.`);
    expect(await stacks()).toEqual([`${NAME} CREATE_IN_PROGRESS`]);

    const onOut = (text: string) => text.includes('"adopted":true') && rmSync(held, { force: true });
    const { code, out } = await json([], { onOut });
    expect(code, out).toBe(0);
    const events = eventsOf(out);
    expect(events).toContainEqual(expect.objectContaining({ event: 'started', action: 'create', adopted: true }));
    expect(events).toContainEqual(expect.objectContaining({ id: 'Cluster', status: 'CREATE_COMPLETE' }));
    expect(events.at(-1)).toMatchObject({ event: 'done', result: 'unchanged' });
    expect(events.at(-1).outputs.KeyFingerprint).toMatch(/^SHA256:/);
    expect(said.out + said.err + out + remembered()).not.toContain(SECRET);
  });

  test('an update changes what is asked for, with the key that the stack has', async () => {
    const { code, out } = await json(['--yes', '--param', 'Worker1InstanceCount=2']);
    expect(code, out).toBe(0);
    const { changes } = eventsOf(out).find(({ event }) => event === 'plan');
    expect(changes.map(({ id }: any) => id)).toContain('Cluster');
    expect(eventsOf(out).at(-1)).toMatchObject({ event: 'done', result: 'updated' });
    const cluster = await own.launcher.cli('sagemaker', 'describe-cluster', '--cluster-name', 'hyperpod');
    expect(cluster.InstanceGroups.map(({ TargetCount }: any) => TargetCount)).toContain(2);
  });

  test('destroy leaves the data, and with --data nothing', async () => {
    const destroy = (...argv: readonly string[]) => own.run(['destroy', '--yes', '--json', ...argv]);
    const left = async () => {
      const { FileSystems } = await own.launcher.cli('fsx', 'describe-file-systems');
      const { DirectoryDescriptions } = await own.launcher.cli('ds', 'describe-directories');
      const { Vpcs } = await own.launcher.cli('ec2', 'describe-vpcs', '--filters', 'Name=is-default,Values=false');
      return [await stacks(), FileSystems.length, DirectoryDescriptions.length, Vpcs.length];
    };
    const first = await destroy();
    expect(first.code, first.out).toBe(0);
    const kept = eventsOf(first.out)
      .at(-1)
      .stays.map((one: string) => one.split('-')[0]);
    expect(kept).toEqual(['fs', 'd', 'arn:aws:secretsmanager:us', 'sg', 'subnet', 'subnet', 'vpc']);
    expect(await left()).toEqual([[], 1, 1, 1]);
    const second = await destroy('--data');
    expect(second.code, second.out).toBe(0);
    expect(await left()).toEqual([[], 0, 0, 0]);
    expect(JSON.parse(remembered()).stacks['us-west-2/podlaunch'].kept).toEqual([]);
  });
});
