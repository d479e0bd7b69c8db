import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { readAssets } from '../../src/assets/read-assets.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { buildRelease } from '../../src/pipelines/build-release.ts';
import { aws, awsJson } from '../support/aws-cli.ts';
import { keyboard } from '../support/keyboard.ts';
import { type Moto, startMoto } from '../support/moto.ts';
import { hasPython } from '../support/python-tools.ts';
import { runCli } from '../support/run-cli.ts';
import { stubCredentials } from '../support/stub-credentials.ts';

const BUCKET = 'my-releases';
const TO = `s3://${BUCKET}/podlaunch`;
const { release } = await buildRelease(DEFAULTS, readAssets(), {
  bucketName: BUCKET,
  bucketRegion: 'eu-west-1',
  prefix: 'podlaunch/',
});

describe.skipIf(!hasPython())('the command line publishes to S3', () => {
  let moto: Moto;
  let cwd: string;
  beforeAll(async () => {
    stubCredentials();
    moto = await startMoto();
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await moto?.stop();
  });
  beforeEach(async () => {
    await moto.reset();
    cwd = mkdtempSync(join(tmpdir(), 'podlaunch-publish-s3-'));
    const location = ['--create-bucket-configuration', 'LocationConstraint=eu-west-1'];
    await cli('s3api', 'create-bucket', '--bucket', BUCKET, ...location);
    return () => rmSync(cwd, { recursive: true });
  });

  const cli = (...args: string[]) => awsJson<any>(args, { endpointUrl: moto.url, region: 'eu-west-1' });
  const run = (...argv: string[]) =>
    runCli([...argv, '--to', TO, '--region', 'eu-west-1'], { cwd, env: { AWS_ENDPOINT_URL: moto.url } });

  /** Does what the hint of PL4030 or PL4031 says. */
  async function follow(err: string): Promise<void> {
    const statement = JSON.parse(/^ *\{$[\s\S]*\}/m.exec(err)![0]);
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    await cli('s3api', 'put-bucket-policy', '--bucket', BUCKET, '--policy', policy);
  }

  test('refused while nobody can read it, published once the printed policy is there, read back by the AWS CLI', async () => {
    const refused = await run('publish');
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toContain('PL4030');
    await follow(refused.err);
    const published = await run('release');
    expect(published).toMatchObject({ code: 0, err: expect.not.stringContaining('PL') });
    expect(published.out).toContain(`Published ${release.version} to ${TO}/releases/${release.version}/`);
    expect(published.out).not.toContain('YOUR-BUCKET');

    const options = { endpointUrl: moto.url, region: 'eu-west-1' };
    expect(await aws(['s3', 'sync', TO, join(cwd, 'copy')], options)).toMatchObject({ code: 0 });
    for (const { path, bytes } of [...release.files, release.manifest]) {
      expect(readFileSync(join(cwd, 'copy/releases', release.version, path)).equals(bytes), path).toBe(true);
    }
    const template = readFileSync(join(cwd, 'copy/releases', release.version, 'templates/prerequisites.yaml'), 'utf8');
    expect(template).toContain(`Default: podlaunch/releases/${release.version}/`);
    expect(template).toContain(`Default: ${BUCKET}`);
    expect((await run('publish')).out).toContain('files were there');
  });

  test('the channel moves on and back', async () => {
    await follow((await run('publish')).err);
    const channel = async () =>
      (await (await fetch(`${moto.url}/${BUCKET}/podlaunch/channels/latest.json`)).json()) as any;
    await run('publish', '--version', '1.0.0');
    writeFileSync(join(cwd, 'podlaunch.yaml'), 'cluster:\n  name: other\n');
    expect((await run('publish', '--version', '1.0.0')).err).toContain('PL4020');
    await run('publish', '--version', '1.1.0');
    expect((await channel()).version).toBe('1.1.0');
    expect((await run('rollback', '--version', '1.0.0')).out).toBe('Channel latest -> 1.0.0 (was 1.1.0)\n');
    expect((await channel()).version).toBe('1.0.0');
  });

  test('on a terminal the first move of a public channel asks, and only that', async () => {
    await follow((await run('publish')).err);
    const answers = (text: string, ...argv: string[]) => {
      const options = { cwd, env: { AWS_ENDPOINT_URL: moto.url }, isTTY: true, stdin: keyboard(text).stdin };
      return runCli(['publish', ...argv, '--to', TO, '--region', 'eu-west-1'], options);
    };
    const question = `The channel latest in ${TO} is new. Announce release ${release.version} to everyone? [y/N] `;
    for (const text of ['n\n', '\n', 'yesterday\n']) {
      const { code, out, err } = await answers(text);
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(err).toContain(question);
      expect(err).toContain('PL4028');
    }
    expect(await cli('s3api', 'list-objects-v2', '--bucket', BUCKET)).not.toHaveProperty('Contents');
    expect((await answers('y\n', '--dry-run')).err).not.toContain('[y/N]');
    expect(await answers('y\n')).toMatchObject({ code: 0, err: expect.stringContaining(question) });
    expect((await answers('', '--version', '9')).err).not.toContain('[y/N]');
    expect((await answers('', '--channel', 'new', '--yes')).err).not.toContain('[y/N]');
    expect((await answers('n\n', '--channel', 'newer')).code).toBe(1);
  });

  test('an older version is not announced, unless it is asked for', async () => {
    await follow((await run('publish')).err);
    await run('publish', '--version', '2.0.0');
    const refused = await run('publish', '--version', '1.0.0');
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('PL4027') });
    const { out } = await run('publish', '--version', '1.0.0', '--allow-downgrade');
    expect(out).toContain('Channel latest -> 1.0.0 (was 2.0.0)');
  });

  test('an audience of accounts: the printed policy makes it so', async () => {
    const audience = ['--audience', 'accounts:111122223333'];
    const refused = await run('publish', ...audience);
    expect(refused.err).toContain('PL4031');
    await follow(refused.err);
    expect(await run('publish', ...audience)).toMatchObject({ code: 0, err: expect.not.stringContaining('PL') });
  });

  test('a bucket that is not there', async () => {
    const { code, err } = await runCli(['publish', '--to', 's3://no-such-bucket', '--endpoint-url', moto.url], { cwd });
    expect(code).toBe(1);
    expect(err).toContain('PL4044');
  });
});
