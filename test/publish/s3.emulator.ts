import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { readStatement } from '../../src/publish/audience/read-statement.ts';
import { planText } from '../../src/publish/plan.ts';
import { type PublishOptions, publishRelease } from '../../src/publish/publish-release.ts';
import { rollback } from '../../src/publish/rollback.ts';
import { openS3Store } from '../../src/publish/stores/s3-store.ts';
import type { Release } from '../../src/release/release.ts';
import { objectUrl, parseTarget, type S3Target } from '../../src/release/target.ts';
import { aws, awsJson } from '../support/aws-cli.ts';
import { type Fate, type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import { type Moto, startMoto } from '../support/moto.ts';
import { hasPython } from '../support/python-tools.ts';
import { refusalOf } from '../support/refused.ts';
import { stubCredentials } from '../support/stub-credentials.ts';
import { smallRelease } from './small-release.ts';

// moto stores and answers as S3 does, but it checks no signature, no checksum and no expected owner, and knows no
// wrong region: what S3 answers there is in s3-errors.test.ts.
describe.skipIf(!hasPython())('publish to S3', () => {
  let moto: Moto;
  let proxy: FaultProxy;
  let target: S3Target;
  let serial = 0;
  const cli = (args: readonly string[]) => awsJson<any>(args, { endpointUrl: moto.url });

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
    const bucket = `releases-${++serial}`;
    target = parseTarget(`s3://${bucket}/team`, { region: 'us-west-2', endpointUrl: proxy.url }) as S3Target;
    await cli([
      's3api',
      'create-bucket',
      '--bucket',
      bucket,
      '--create-bucket-configuration',
      'LocationConstraint=us-west-2',
    ]);
    proxy.reset();
  });

  async function setPolicy(...statements: readonly object[]): Promise<void> {
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: statements });
    await cli(['s3api', 'put-bucket-policy', '--bucket', target.bucket, '--policy', policy]);
  }
  const makePublic = () => setPolicy(readStatement(target, { kind: 'public' }));
  const channel = async (): Promise<any> => {
    const answer = await fetch(objectUrl(target, 'channels/latest.json'));
    return answer.ok ? answer.json() : answer.status;
  };
  const publish = (release: Release, options?: PublishOptions) => publishRelease(release, target, options);

  test('the AWS CLI reads back what was published, without credentials too', async () => {
    await makePublic();
    const release = smallRelease('1.0.0');
    await publish(release);
    const folder = mkdtempSync(join(tmpdir(), 'podlaunch-sync-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const from = `s3://${target.bucket}/team/releases/1.0.0`;
    const synced = await aws(['s3', 'sync', from, folder], { endpointUrl: moto.url });
    expect(synced).toMatchObject({ code: 0 });
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files).toHaveLength(release.files.length + 1);
    for (const { path, bytes } of [...release.files, release.manifest]) {
      expect(readFileSync(join(folder, path)).equals(bytes), path).toBe(true);
    }
    const key = 'team/releases/1.0.0/templates/cluster.yaml';
    const object = ['--bucket', target.bucket, '--key', key];
    const anonymous = ['s3api', 'get-object', ...object, join(folder, 'anonymous.yaml')];
    expect(await aws(anonymous, { endpointUrl: moto.url, anonymous: true })).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, 'anonymous.yaml'))).toEqual(readFileSync(join(folder, 'templates/cluster.yaml')));
    expect(await channel()).toEqual({ channel: 'latest', version: '1.0.0', manifestSha256: release.manifest.sha256 });
  });

  test('files carry media type, SHA-256 and how long they may be kept', async () => {
    await makePublic();
    const release = smallRelease('1.0.0');
    await publish(release);
    const head = (key: string) =>
      cli(['s3api', 'head-object', '--bucket', target.bucket, '--key', `team/${key}`, '--checksum-mode', 'ENABLED']);
    const template = release.files.find(({ path }) => path === 'templates/cluster.yaml')!;
    expect(await head('releases/1.0.0/templates/cluster.yaml')).toMatchObject({
      ContentType: 'application/yaml',
      CacheControl: 'public, max-age=31536000, immutable',
      ChecksumSHA256: Buffer.from(template.sha256, 'hex').toString('base64'),
    });
    expect(await head('channels/latest.json')).toMatchObject({
      ContentType: 'application/json',
      CacheControl: 'no-cache',
    });
  });

  test('a second publish of the same release: 5 signed requests, and one template read without credentials', async () => {
    await makePublic();
    await publish(smallRelease('1.0.0'));
    proxy.reset();
    const { plan } = await publish(smallRelease('1.0.0'));
    expect(plan).toMatchObject({ claimed: true, missing: [], announced: true });
    expect(proxy.seen.filter(({ signed }) => signed)).toHaveLength(5);
    const anonymous = proxy.seen.filter(({ signed }) => !signed);
    expect(anonymous.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `GET /${target.bucket}/team/releases/1.0.0/templates/cluster.yaml`,
    ]);
  });

  test('a release that not everyone can read is not announced; with the statement that is printed it is', async () => {
    const [finding] = await refusalOf(publish(smallRelease('1.0.0')));
    expect(finding!.code).toBe('PL4030');
    await setPolicy(JSON.parse(finding!.hint!.slice(finding!.hint!.indexOf('\n'))));
    expect(await channel()).toBe(404);
    const { plan } = await publish(smallRelease('1.0.0'));
    expect(plan).toMatchObject({ claimed: false, announced: false });
    expect((await channel()).version).toBe('1.0.0');
  });

  test('a bucket that does not let everyone read is refused before anything is written, by a dry run too', async () => {
    for (const dryRun of [true, false]) {
      proxy.reset();
      expect((await refusalOf(publish(smallRelease('1.0.0'), { dryRun }))).map(({ code }) => code)).toEqual(['PL4030']);
      expect(proxy.seen.filter(({ method }) => method !== 'GET')).toEqual([]);
    }
    await makePublic();
    const block = (settings: string) =>
      cli([
        ...['s3api', 'put-public-access-block', '--bucket', target.bucket],
        ...['--public-access-block-configuration', settings],
      ]);
    await block('RestrictPublicBuckets=true');
    const [finding] = await refusalOf(publish(smallRelease('1.0.0'), { dryRun: true }));
    expect(finding).toMatchObject({ code: 'PL4035', hint: expect.stringContaining('put-public-access-block') });
    expect(await channel()).toBe(404);
    await block('BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true');
    expect((await publish(smallRelease('1.0.0'))).announced).toBe(true);
  });

  test('credentials that may not see the policy publish all the same, and are told', async () => {
    await makePublic();
    proxy.decide = (_, { url }) => (/[?&](?:policy|publicAccessBlock)/.test(url) ? 403 : 'pass');
    const { announced, diagnostics } = await publish(smallRelease('1.0.0'));
    expect(announced).toBe(true);
    expect(diagnostics.map(({ severity, code }) => `${severity} ${code}`)).toEqual(['info PL4036']);
  });

  test('a release that has become unreadable is found when it is published again', async () => {
    await makePublic();
    await publish(smallRelease('1.0.0'));
    await cli(['s3api', 'delete-bucket-policy', '--bucket', target.bucket]);
    expect((await refusalOf(publish(smallRelease('1.0.0'))))[0]!.code).toBe('PL4030');
  });

  test.each(['org:o-a1b2c3d4e5', 'accounts:111122223333,444455556666'])(
    'audience %s: by the policy',
    async (audience) => {
      const [finding] = await refusalOf(publish(smallRelease('1.0.0'), { audience }));
      expect(finding!.code).toBe('PL4031');
      expect((await aws(['s3', 'ls', `s3://${target.bucket}/team/channels/`], { endpointUrl: moto.url })).stdout).toBe(
        '',
      );
      const statement = JSON.parse(finding!.hint!.slice(finding!.hint!.indexOf('\n')));
      // moto takes any denial for one of everyone: this one speaks of what podlaunch does not read itself.
      const templates = `${statement.Resource[0].slice(0, -1)}1.0.0/templates/*`;
      const doubt = { Effect: 'Deny', Principal: { AWS: 'arn:aws:iam::999988887777:root' }, Resource: templates };
      await setPolicy(statement, { ...statement, ...doubt, Sid: 'Doubt' });
      const strict = await refusalOf(publish(smallRelease('1.0.0'), { audience, failOn: 'warning' }));
      expect(strict.map(({ code }) => code)).toEqual(['PL4032']);
      expect((await publish(smallRelease('1.0.0'), { audience, dryRun: true })).announced).toBe(false);
      const { announced, diagnostics } = await publish(smallRelease('1.0.0'), { audience });
      expect(announced).toBe(true);
      expect(diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['warning PL4032']);
    },
  );

  test('a policy that lets others read too is a warning', async () => {
    const audience = 'org:o-a1b2c3d4e5';
    const everyone = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject' };
    await setPolicy({ ...everyone, Sid: 'World', Resource: `arn:aws:s3:::${target.bucket}/*` });
    const strict = await refusalOf(publish(smallRelease('1.0.0'), { audience, failOn: 'warning' }));
    expect(strict.map(({ code }) => code)).toEqual(['PL4034']);
    expect(strict[0]!.message).toContain('World');
    const { diagnostics } = await publish(smallRelease('1.0.0'), { audience });
    expect(diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['warning PL4034']);
  });

  test('a dry run only reads', async () => {
    await makePublic();
    proxy.reset();
    const release = smallRelease('1.0.0');
    const { plan } = await publish(release, { dryRun: true });
    expect(plan.missing).toEqual(release.files);
    expect(new Set(proxy.seen.map(({ method }) => method))).toEqual(new Set(['GET']));
    expect(planText(target.bucket, plan)).toContain('Channel latest -> 1.0.0');
  });

  test('the same version with other bytes is refused, and nothing changes', async () => {
    await makePublic();
    await publish(smallRelease('1.0.0'));
    proxy.reset();
    const [finding] = await refusalOf(publish(smallRelease('1.0.0', 'other')));
    expect(finding!.code).toBe('PL4020');
    expect(proxy.seen.filter(({ method }) => method === 'PUT')).toEqual([]);
  });

  test('a file that was changed by hand is refused, also where the etag cannot tell', async () => {
    await makePublic();
    await publish(smallRelease('1.0.0'));
    const key = 'team/releases/1.0.0/assets.json';
    const folder = mkdtempSync(join(tmpdir(), 'podlaunch-tamper-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'x');
    const was = smallRelease('1.0.0').files.find(({ path }) => path === 'assets.json')!.bytes;
    writeFileSync(file, new Uint8Array(was.length));
    await cli(['s3api', 'put-object', '--bucket', target.bucket, '--key', key, '--body', file]);
    expect((await refusalOf(publish(smallRelease('1.0.0'))))[0]!.code).toBe('PL4021');
    // A multipart upload has an etag that is no MD5: the bytes are read, and are right.
    writeFileSync(file, was);
    const { UploadId } = await cli(['s3api', 'create-multipart-upload', '--bucket', target.bucket, '--key', key]);
    const part = ['--bucket', target.bucket, '--key', key, '--upload-id', UploadId];
    const { ETag } = await cli(['s3api', 'upload-part', ...part, '--part-number', '1', '--body', file]);
    const parts = JSON.stringify({ Parts: [{ ETag, PartNumber: 1 }] });
    await cli(['s3api', 'complete-multipart-upload', ...part, '--multipart-upload', parts]);
    expect((await publish(smallRelease('1.0.0'))).plan.missing).toEqual([]);
  });

  test('a bucket that does not exist', async () => {
    target = { ...target, bucket: 'no-such-bucket' };
    expect((await refusalOf(publish(smallRelease('1.0.0'))))[0]!.code).toBe('PL4044');
  });

  test('listings of more than one page', async () => {
    const store = await openS3Store(target);
    const file = { bytes: new Uint8Array([1]), sha256: '', mediaType: 'text/plain' };
    const folder = mkdtempSync(join(tmpdir(), 'podlaunch-many-'));
    for (let i = 0; i < 1005; i++) writeFileSync(join(folder, `f${i}`), '');
    await aws(['s3', 'sync', folder, `s3://${target.bucket}/team/releases/1/`, '--quiet'], { endpointUrl: moto.url });
    rmSync(folder, { recursive: true });
    proxy.reset();
    const entries = await store.list('releases/1/');
    expect(entries.size).toBe(1005);
    expect(entries.get('releases/1/f1004')).toMatchObject({ size: 0 });
    expect(proxy.seen).toHaveLength(2);
    expect(await store.folders('releases/')).toEqual(['1']);
    expect(await store.get('releases/1/missing', 1)).toBeUndefined();
    expect(await store.putIfAbsent('releases/1/f1', file)).toBe(false);
    store.close();
  });

  test('rollback points the channel at the older release, when it is complete and readable', async () => {
    await makePublic();
    await publish(smallRelease('1.0.0'));
    await publish(smallRelease('1.1.0', 'new'));
    expect(await rollback('1.0.0', target)).toMatchObject({ from: '1.1.0', moved: true });
    expect((await channel()).version).toBe('1.0.0');
    const [finding] = await refusalOf(rollback('1.2.0', target));
    expect(finding!.code).toBe('PL4023');
    await cli(['s3api', 'delete-object', '--bucket', target.bucket, '--key', 'team/releases/1.1.0/assets.json']);
    expect((await refusalOf(rollback('1.1.0', target))).map(({ code }) => code)).toEqual(['PL4022']);
    await cli(['s3api', 'delete-bucket-policy', '--bucket', target.bucket]);
    expect((await refusalOf(rollback('1.0.0', target)))[0]!.code).toBe('PL4030');
  });

  test('a channel that moved in the meantime is left alone', async () => {
    await makePublic();
    await publish(smallRelease('1.0.0'));
    let other: Promise<unknown> | undefined;
    proxy.decide = async (_, { method, url }): Promise<Fate> => {
      if (method === 'PUT' && url.includes('channels/') && !other) {
        other = publishRelease(smallRelease('3.0.0'), { ...target, endpointUrl: moto.url });
        await other;
      }
      return 'pass';
    };
    expect((await refusalOf(publish(smallRelease('2.0.0'))))[0]!.code).toBe('PL4025');
    expect((await channel()).version).toBe('3.0.0');
  });
});
