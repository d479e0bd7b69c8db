import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { awsJson } from '../../support/aws-cli.ts';
import { type FaultProxy, startFaultProxy } from '../../support/fault-proxy.ts';
import { type Moto, startMoto } from '../../support/moto.ts';
import { hasPython } from '../../support/python-tools.ts';
import { runCli } from '../../support/run-cli.ts';
import { stubCredentials } from '../../support/stub-credentials.ts';
import { withoutDenials } from '../../support/without-denials.ts';
import { PRICES } from './a-page.ts';

const ORIGIN = 'https://d111111abcdef8.cloudfront.net';
const CONFIG = `publish: { to: s3://page-releases/podlaunch }
release: { prices: prices.json }
page: { origin: ${ORIGIN}, to: s3://the-page, publisher: Research Computing, regions: [us-west-2, eu-west-1] }
`;

describe.skipIf(!hasPython())('page, page publish', () => {
  let moto: Moto;
  let proxy: FaultProxy;
  let cwd: string;
  beforeAll(async () => {
    stubCredentials();
    moto = await startMoto();
    proxy = await startFaultProxy(moto.url);
    cwd = mkdtempSync(join(tmpdir(), 'podlaunch-page-'));
    writeFileSync(join(cwd, 'podlaunch.yaml'), CONFIG);
    writeFileSync(join(cwd, 'prices.json'), JSON.stringify(PRICES));
    expect(await run('bucket', 'create')).toMatchObject({ code: 0 });
    await withoutDenials('page-releases', { endpointUrl: moto.url });
    for (const argv of [['publish'], ['page']]) {
      const { code, err } = await run(...argv);
      expect(code, err).toBe(0);
    }
    await s3api('create-bucket', 'the-page', '--create-bucket-configuration', 'LocationConstraint=us-west-2');
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    rmSync(cwd, { recursive: true });
    await proxy?.stop();
    await moto?.stop();
  });
  beforeEach(() => proxy.reset());

  const run = (...argv: string[]) => runCli([...argv, '--endpoint-url', proxy.url], { cwd });
  const s3api = <T = any>(command: string, bucket: string, ...args: string[]) =>
    awsJson<T>(['s3api', command, '--bucket', bucket, ...args], { endpointUrl: moto.url });
  const keys = async (bucket: string) =>
    ((await s3api('list-objects-v2', bucket))?.Contents ?? []).map(({ Key }: { Key: string }) => Key);
  const codes = async (...argv: string[]) => {
    const { code, out } = await run(...argv, '--json');
    expect(code).toBe(1);
    return JSON.parse(out).diagnostics.map((d: { code: string }) => d.code);
  };

  test('the folder is of the release that the channel names, with what the configuration says', async () => {
    const names = readdirSync(join(cwd, 'page')).map((name) => name.replace(/\.\w{16}\./, '.HASH.'));
    expect(names.toSorted()).toEqual(['index.html', 'links.HASH.html', 'page.HASH.css', 'page.HASH.js']);
    const { out } = await run('page', '--json');
    const { version, manifestSha256 } = JSON.parse(
      await (await fetch(`${moto.url}/page-releases/podlaunch/channels/latest.json`)).text(),
    );
    expect(JSON.parse(out)).toMatchObject({ version, manifestSha256 });
    expect(readFileSync(join(cwd, 'page', 'index.html'), 'utf8')).toContain(
      '<th scope="row">1 × ml.c5.4xlarge (Worker1)</th><td>2.00</td><td>1460.00</td>',
    );
  });

  test('bucket create lets the origin of the page read, and no other', async () => {
    const { CORSRules } = await s3api('get-bucket-cors', 'page-releases');
    expect(CORSRules).toEqual([
      { ID: 'podlaunch-page', AllowedOrigins: [ORIGIN], AllowedMethods: ['GET'], MaxAgeSeconds: 3600 },
    ]);
  });

  test('what has a hash in its name is kept by browsers, the page is asked for each time; the page comes last', async () => {
    proxy.reset();
    expect(await run('page', 'publish')).toMatchObject({ code: 0, out: 'Wrote 4 files to s3://the-page.\n' });
    const written = proxy.seen.filter(({ method }) => method === 'PUT').map(({ url }) => url);
    expect(written.at(-1)).toContain('/index.html');
    const heads = new Map<string, any>();
    for (const key of await keys('the-page')) heads.set(key, await s3api('head-object', 'the-page', '--key', key));
    for (const [key, { CacheControl, ContentType }] of heads) {
      expect(CacheControl).toBe(key === 'index.html' ? 'no-cache' : 'public, max-age=31536000, immutable');
      expect(ContentType).toMatch(/^text\/(html|css|javascript); charset=utf-8$/);
    }
    expect(await run('page', 'publish')).toMatchObject({
      code: 0,
      out: 'The page in s3://the-page is this one already.\n',
    });
  });

  test('another release takes the place of the page, and the files of the page before stay', async () => {
    await run('page', 'publish');
    const before = await keys('the-page');
    writeFileSync(
      join(cwd, 'podlaunch.yaml'),
      CONFIG.replace('publisher: Research', 'colour: "#7a1fa2", publisher: Research'),
    );
    await run('page');
    expect(await run('page', 'publish')).toMatchObject({ code: 0, out: 'Wrote 3 files to s3://the-page.\n' });
    expect(await keys('the-page')).toEqual(expect.arrayContaining(before));
    writeFileSync(join(cwd, 'podlaunch.yaml'), CONFIG);
  });

  test('the bucket of the releases is refused, and so is a folder', async () => {
    expect(await codes('page', 'publish', '--to', 's3://page-releases/page')).toEqual(['PL5018']);
    expect(await codes('page', 'publish', '--to', './site')).toEqual(['PL5017']);
  });

  test('a folder without a page, and one whose files were changed', async () => {
    expect(await codes('page', 'publish', '--folder', 'nothing')).toEqual(['PL5015']);
    const script = readdirSync(join(cwd, 'page')).find((name) => name.endsWith('.js'))!;
    appendFileSync(join(cwd, 'page', script), '\nalert(1)');
    expect(await codes('page', 'publish')).toEqual(['PL5016']);
    rmSync(join(cwd, 'page', script));
    expect(await codes('page', 'publish')).toEqual(['PL5016']);
  });

  test('a file of the bucket that somebody has changed is found', async () => {
    await run('page');
    await run('page', 'publish');
    const script = (await keys('the-page')).find((key: string) => key.endsWith('.js'))!;
    writeFileSync(join(cwd, 'body'), 'alert(1)');
    await awsJson(['s3api', 'put-object', '--bucket', 'the-page', '--key', script, '--body', 'body'], {
      endpointUrl: moto.url,
      cwd,
    });
    expect(await codes('page', 'publish')).toEqual(['PL4070']);
    await s3api('delete-object', 'the-page', '--key', script);
  });
});
