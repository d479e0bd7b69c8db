import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { awsJson } from '../support/aws-cli.ts';
import { type Ministack, startMinistack } from '../support/ministack.ts';
import { hasPython } from '../support/python-tools.ts';
import { runCli } from '../support/run-cli.ts';
import { createStack } from '../support/stacks.ts';
import { stubCredentials } from '../support/stub-credentials.ts';

const OUTPUTS = (id: string, document: string) => `
Resources: {Topic: {Type: 'AWS::SNS::Topic'}}
Outputs:
  ResearcherSshConfig:
    Value: |
      Host login-group-i-*
        ProxyCommand aws ssm start-session --region us-west-2 --target sagemaker-cluster:${id}_%h --document-name ${document}
        ServerAliveInterval 60
`;

describe.skipIf(!hasPython())('podlaunch ssh-config', () => {
  let ministack: Ministack;
  let id: string;
  let cwd: string;
  beforeAll(async () => {
    stubCredentials();
    cwd = mkdtempSync(join(tmpdir(), 'podlaunch-ssh-'));
    ministack = await startMinistack();
    const group = (InstanceGroupName: string, InstanceCount: number) => ({
      InstanceGroupName,
      InstanceCount,
      InstanceType: 'ml.t3.medium',
      ExecutionRole: 'arn:aws:iam::123456789012:role/nodes',
      LifeCycleConfig: { SourceS3Uri: 's3://sagemaker-scripts', OnCreate: 'on_create.sh' },
      ThreadsPerCore: 1,
    });
    await awsJson(
      [
        's3api',
        'create-bucket',
        '--bucket',
        'sagemaker-scripts',
        '--create-bucket-configuration',
        'LocationConstraint=us-west-2',
      ],
      ministack.aws,
    );
    const groups = JSON.stringify([group('login-group', 2), group('worker-group', 1)]);
    const made = ['sagemaker', 'create-cluster', '--cluster-name', 'hyperpod', '--instance-groups', groups];
    id = (await awsJson<any>(made, ministack.aws)).ClusterArn.split('/')[1];
    await createStack({ name: 'access', template: OUTPUTS(id, 'access-SshDocument-1') }, ministack.aws);
    await createStack({ name: 'hostile', template: OUTPUTS(id, '$(id)') }, ministack.aws);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    rmSync(cwd, { recursive: true });
    await ministack?.stop();
  });

  const run = (...argv: string[]) =>
    runCli(['ssh-config', '--region', 'us-west-2', '--endpoint-url', ministack.url, ...argv], { cwd });
  const refused = async (...argv: string[]) => {
    const { code, out } = await run(...argv, '--json');
    return { code, found: JSON.parse(out).diagnostics.map((one: { code: string }) => one.code) };
  };

  test('an entry for each login node, printed and written nowhere', async () => {
    const { code, out, err } = await run('--stack', 'access', '--user', 'ada');
    expect(code, err).toBe(0);
    const hosts = [...out.matchAll(/^Host (hyperpod-\d) (login-group-i-[0-9a-f]+)$/gm)];
    expect(hosts.map(([, name]) => name)).toEqual(['hyperpod-1', 'hyperpod-2']);
    expect(out).toContain(`--target sagemaker-cluster:${id}_${hosts[0]![2]} --document-name access-SshDocument-1\n`);
    expect(out).not.toContain('worker-group');
    expect(readdirSync(cwd)).toEqual([]);
  });

  test('what is not there, and what could do harm', async () => {
    expect(await refused('--stack', 'other')).toEqual({ code: 1, found: ['PL9301'] });
    expect(await refused('--stack', 'hostile')).toEqual({ code: 1, found: ['PL9302'] });
    expect(await refused('--stack', 'access', '--user', 'a;b')).toEqual({ code: 1, found: ['PL9302'] });
    expect(await refused('--stack', 'access', '--through', 'bastion')).toEqual({ code: 1, found: ['PL9304'] });
  });
});
