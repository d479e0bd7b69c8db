import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { awsEnvironment, awsJson } from '../support/aws-cli.ts';
import { ACCOUNT, type Ministack, startMinistack } from '../support/ministack.ts';
import { hasPython } from '../support/python-tools.ts';
import { runCli } from '../support/run-cli.ts';

const AUDIENCE = `accounts:${ACCOUNT}`;

const VPC = (cidr: string) => `Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: ${cidr}
  Topic:
    Type: AWS::SNS::Topic
`;

describe.skipIf(!hasPython())('diff of a stack that is there', () => {
  let cloud: Ministack;
  let cwd: string;
  const run = (...argv: string[]) => runCli(['diff', ...argv, '--endpoint-url', cloud.url], { cwd });

  beforeAll(async () => {
    cloud = await startMinistack();
    for (const [name, value] of Object.entries(awsEnvironment(cloud.aws)))
      if (name.startsWith('AWS_')) vi.stubEnv(name, value);
    cwd = mkdtempSync(join(tmpdir(), 'podlaunch-diff-'));
    writeFileSync(join(cwd, 'old.yaml'), VPC('10.0.0.0/16'));
    writeFileSync(join(cwd, 'new.yaml'), VPC('10.1.0.0/16'));
    const template = `file://${join(cwd, 'old.yaml')}`;
    await awsJson(['cloudformation', 'create-stack', '--stack-name', 'net', '--template-body', template], cloud.aws);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await cloud?.stop();
    rmSync(cwd, { recursive: true, force: true });
  });

  test('is with the template that the stack was made with, however it is written', async () => {
    expect(await run('stack:net', 'old.yaml')).toMatchObject({ code: 0, out: 'Nothing differs.\n' });
    const { code, out } = await run('stack:net', 'new.yaml', '--fail-on', 'replace');
    expect(code).toBe(1);
    expect(out).toContain('± Vpc (AWS::EC2::VPC) is replaced; the old one is deleted');
  });

  test('names a stack that is not there, and CloudFormation that is not', async () => {
    const none = await run('stack:no-such', 'new.yaml');
    expect(none).toMatchObject({ code: 1, err: expect.stringContaining('PL8001') });
    const away = await runCli(['diff', 'stack:net', 'new.yaml', '--endpoint-url', 'http://127.0.0.1:9'], { cwd });
    expect(away).toMatchObject({ code: 1, err: expect.stringContaining('PL8004') });
  });

  test('is of a release in S3 as its audience reads it', async () => {
    const place = ['--to', 's3://diff-releases/p', '--endpoint-url', cloud.url];
    expect((await runCli(['bucket', 'create', ...place, '--audience', AUDIENCE], { cwd })).code).toBe(0);
    const published = await runCli(['publish', '--version', '1.0.0', '--yes', ...place, '--audience', AUDIENCE], {
      cwd,
    });
    expect(published.code, published.err).toBe(0);
    const same = await runCli(['diff', '1.0.0', ...place, '--audience', AUDIENCE], { cwd });
    expect(same).toMatchObject({ code: 0, out: 'Nothing differs.\n' });
  });
});
