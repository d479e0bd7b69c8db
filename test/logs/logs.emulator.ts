import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { awsEnvironment, awsJson } from '../support/aws-cli.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { writeLog } from '../support/logs.ts';
import { type Ministack, startMinistack } from '../support/ministack.ts';
import { hasPython } from '../support/python-tools.ts';
import { runCli } from '../support/run-cli.ts';
import { createStack } from '../support/stacks.ts';

const NODES = '/aws/sagemaker/Clusters/hyperpod/abc123';

describe.skipIf(!hasPython())('podlaunch logs', () => {
  let cloud: Ministack;
  let cwd: string;
  const run = (url: string, ...argv: readonly string[]) => runCli(['logs', '--endpoint-url', url, ...argv], { cwd });

  beforeAll(async () => {
    cwd = mkdtempSync(join(tmpdir(), 'podlaunch-logs-'));
    cloud = await startMinistack();
    for (const [key, value] of Object.entries(awsEnvironment(cloud.aws)))
      if (key.startsWith('AWS_')) vi.stubEnv(key, value);
    const template = 'Resources: {Logs: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /aws/lambda/copy}}}';
    await createStack({ name: 'podlaunch-prerequisites', template }, cloud.aws);
    await awsJson(['logs', 'create-log-group', '--log-group-name', NODES], cloud.aws);
    const run = ['START RequestId: 1', 'copied', 'END RequestId: 1'];
    await writeLog(cloud.aws, { group: '/aws/lambda/copy', stream: 'instance' }, ...run);
    const node = { group: NODES, stream: 'LifecycleConfig/controller/i-1' };
    await writeLog(cloud.aws, node, 'begins', 'PLN-JOIN: no answer', 'ERROR it stops');
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    rmSync(cwd, { recursive: true });
    await cloud?.stop();
  });

  test('of nodes and functions, with what failed first on top', async () => {
    const { code, out, err } = await run(cloud.url);
    expect(code, err).toBe(0);
    expect(out).toMatch(/^First cause of the latest failure:\n.*i-1\n {2}PLN-JOIN: no answer\n/);
    expect(out).toContain('copied');
    const { groups } = JSON.parse((await run(cloud.url, '--group', 'lambda', '--lines', '1', '--json')).out);
    expect(groups).toEqual([
      { name: '/aws/lambda/copy', lines: [expect.objectContaining({ text: 'END RequestId: 1' })] },
    ]);
  });

  test('what is refused is said, and a time that is none is a usage error', async () => {
    const proxy = await startFaultProxy(cloud.url);
    proxy.decide = (_, { action }) => (action === 'FilterLogEvents' ? 403 : 'pass');
    const denied = await run(proxy.url);
    await proxy.stop();
    expect(denied).toMatchObject({ code: 1, err: expect.stringContaining('PL8601') });
    expect(await run(cloud.url, '--since', 'yesterday')).toMatchObject({ code: 2 });
  });
});
