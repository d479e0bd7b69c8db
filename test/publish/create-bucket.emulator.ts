import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { bucketPolicy } from '../../src/publish/audience/bucket-policy.ts';
import { awsJson } from '../support/aws-cli.ts';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import { type Moto, startMoto } from '../support/moto.ts';
import { hasPython } from '../support/python-tools.ts';
import { runCli } from '../support/run-cli.ts';
import { stubCredentials } from '../support/stub-credentials.ts';
import { withoutDenials } from '../support/without-denials.ts';

describe.skipIf(!hasPython())('bucket create', () => {
  let moto: Moto;
  let proxy: FaultProxy;
  beforeAll(async () => {
    stubCredentials();
    moto = await startMoto();
    proxy = await startFaultProxy(moto.url);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await proxy?.stop();
    await moto?.stop();
  });
  beforeEach(async () => {
    await moto.reset();
    proxy.reset();
  });

  const place = ['--to', 's3://new-releases/team', '--region', 'eu-west-1'];
  const env = { AWS_ENDPOINT_URL: '' };
  const run = (...argv: string[]) => {
    env.AWS_ENDPOINT_URL = proxy.url;
    return runCli([...argv, ...place], { env });
  };
  const cli = <T = any>(...args: string[]) => awsJson<T>(args, { endpointUrl: moto.url, region: 'eu-west-1' });
  const s3api = <T = any>(command: string, ...args: string[]) =>
    cli<T>('s3api', command, '--bucket', 'new-releases', ...args);
  const codes = (out: string) => JSON.parse(out).diagnostics.map(({ code }: { code: string }) => code);

  test('what it makes, publish can publish to at once', async () => {
    expect(await run('bucket', 'create')).toMatchObject({
      code: 0,
      out: 'Made the bucket new-releases in eu-west-1; everyone may read its releases.\nNext: podlaunch publish --to s3://new-releases/team --region eu-west-1\n',
    });
    expect(await s3api('get-bucket-location')).toEqual({ LocationConstraint: 'eu-west-1' });
    expect(await s3api('get-bucket-versioning')).toMatchObject({ Status: 'Enabled' });
    expect(await s3api('get-public-access-block')).toEqual({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: false,
        RestrictPublicBuckets: false,
      },
    });
    const target = { kind: 's3', bucket: 'new-releases', prefix: 'team/', region: 'eu-west-1' } as const;
    const { Policy } = await s3api<{ Policy: string }>('get-bucket-policy');
    expect(JSON.parse(Policy)).toEqual(bucketPolicy(target, { kind: 'public' }));
    await withoutDenials('new-releases', { endpointUrl: moto.url });
    expect(await run('publish')).toMatchObject({ code: 0 });
  });

  test('for an organization Block Public Access stays on', async () => {
    const { code, out } = await run('bucket', 'create', '--audience', 'org:o-a1b2c3d4e5', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ bucket: 'new-releases', region: 'eu-west-1', created: true });
    const { PublicAccessBlockConfiguration } = await s3api('get-public-access-block');
    expect(PublicAccessBlockConfiguration).toMatchObject({ BlockPublicPolicy: true, RestrictPublicBuckets: true });
    await withoutDenials('new-releases', { endpointUrl: moto.url });
    expect(await run('publish', '--audience', 'org:o-a1b2c3d4e5')).toMatchObject({ code: 0 });
  });

  test('interrupted anywhere, it is completed by the next run', async () => {
    await run('bucket', 'create');
    const requests = proxy.seen.length;
    for (let n = 1; n <= requests; n++) {
      await moto.reset();
      proxy.reset();
      proxy.decide = (number) => (number >= n ? 'cut' : 'pass');
      expect((await run('bucket', 'create', '--json')).code, `request ${n}`).toBe(1);
      proxy.reset();
      expect((await run('bucket', 'create')).code, `after request ${n}`).toBe(0);
      expect((await run('publish', '--dry-run')).code, `after request ${n}`).toBe(0);
    }
  });

  test('a bucket that is in use is left as it is', async () => {
    const location = ['--create-bucket-configuration', 'LocationConstraint=eu-west-1'];
    await s3api('create-bucket', ...location);
    await s3api('put-object', '--key', 'payroll/secret.csv');
    const { code, out } = await run('bucket', 'create', '--json');
    expect({ code, found: codes(out) }).toEqual({ code: 1, found: ['PL4056'] });
    expect(proxy.seen.map(({ method }) => method)).not.toContain('PUT');
    await s3api('delete-object', '--key', 'payroll/secret.csv');
    const statement = {
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::new-releases/a',
    };
    await s3api('put-bucket-policy', '--policy', JSON.stringify({ Version: '2012-10-17', Statement: [statement] }));
    expect(codes((await run('bucket', 'create', '--json')).out)).toEqual(['PL4056']);
  });

  test('it needs a place in S3', async () => {
    expect((await runCli(['bucket', 'create', '--to', './out'])).err).toContain('PL4010');
  });
});
