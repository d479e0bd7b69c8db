import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { STACK_NAMES } from '../../src/stacks/stack-name.ts';
import { aws } from '../support/aws-cli.ts';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import { type Moto, startMoto } from '../support/moto.ts';
import { hasPython } from '../support/python-tools.ts';
import { runCli } from '../support/run-cli.ts';
import { stubCredentials } from '../support/stub-credentials.ts';
import { withoutDenials } from '../support/without-denials.ts';

const ONE = 'release: { version: 1.0.0 }\n';
const TWO = `release: { version: 2.0.0 }
cluster:
  workers:
    - { name: a, type: ml.c5.4xlarge }
    - { name: b, type: ml.c5.4xlarge }
`;

describe.skipIf(!hasPython())('links look at the release', () => {
  let moto: Moto;
  let proxy: FaultProxy;
  let cwd: string;
  beforeAll(async () => {
    stubCredentials();
    moto = await startMoto();
    proxy = await startFaultProxy(moto.url);
    cwd = mkdtempSync(join(tmpdir(), 'podlaunch-links-'));
    writeFileSync(join(cwd, 'one.yaml'), ONE);
    writeFileSync(join(cwd, 'two.yaml'), TWO);
    for (const bucket of ['open-bucket', 'closed-bucket']) {
      const audience = bucket === 'open-bucket' ? 'public' : 'accounts:111122223333';
      const to = ['--to', `s3://${bucket}/p`, '--audience', audience, '--endpoint-url', moto.url];
      expect((await runCli(['bucket', 'create', ...to], { cwd })).code).toBe(0);
      await withoutDenials(bucket, { endpointUrl: moto.url });
      for (const file of ['one.yaml', 'two.yaml']) {
        const { code, err } = await runCli(['publish', '--config', file, ...to], { cwd });
        expect(code, err).toBe(0);
      }
    }
    // moto takes any statement that allows for one of everyone.
    await aws(['s3api', 'delete-bucket-policy', '--bucket', 'closed-bucket'], { endpointUrl: moto.url });
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    rmSync(cwd, { recursive: true });
    await proxy?.stop();
    await moto?.stop();
  });

  const links = (...argv: string[]) => {
    proxy.reset();
    const place = argv.includes('--to') ? [] : ['--to', 's3://open-bucket/p'];
    return runCli(['links', ...place, ...argv, '--endpoint-url', proxy.url, '--json'], { cwd });
  };
  const refused = async (...argv: string[]) => {
    const { code, out } = await links(...argv);
    expect(code).toBe(1);
    return JSON.parse(out).diagnostics.map((d: { code: string }) => d.code);
  };
  /** Writes over what is published, as nobody should be able to. */
  async function put(key: string, text: string): Promise<void> {
    writeFileSync(join(cwd, 'body'), text);
    const object = ['--bucket', 'open-bucket', '--key', `p/${key}`, '--body', 'body'];
    await aws(['s3api', 'put-object', ...object], { endpointUrl: moto.url, cwd });
  }
  const get = async (key: string) => (await fetch(`${moto.url}/open-bucket/p/${key}`)).text();

  test('as a launcher does, and lead to AWS', async () => {
    const { code, out } = await links('--config', 'two.yaml');
    expect(code).toBe(0);
    const found = JSON.parse(out);
    expect(found).toMatchObject({ version: '2.0.0', manifestSha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(found.links.map(({ stack }: { stack: string }) => stack)).toEqual([...STACK_NAMES]);
    expect(JSON.stringify(found.links)).not.toMatch(/Admin(User|PublicKey)/);
    const template = 'https://open-bucket.s3.us-west-2.amazonaws.com/p/releases/2.0.0/templates/launchpad.yaml';
    expect(found.links[0].url).toContain(encodeURIComponent(template));
    expect(proxy.seen.map(({ method, signed }) => `${method} ${signed}`)).toEqual(
      Array(STACK_NAMES.length + 2).fill('GET false'),
    );
  });

  test('a channel pins the version that it names', async () => {
    expect(JSON.parse((await links('--channel', 'latest')).out).version).toBe('2.0.0');
  });

  test('--offline asks nobody', async () => {
    expect((await links('--version', '9.9.9', '--offline')).code).toBe(0);
    expect(proxy.seen).toEqual([]);
  });

  test('values are checked against the released templates, whatever the configuration here', async () => {
    const second = ['--param', 'Worker2InstanceCount=4'];
    const { code, out } = await links('--version', '2.0.0', '--stack', 'cluster', ...second);
    expect({ code, url: JSON.parse(out).links[0].url }).toEqual({
      code: 0,
      url: expect.stringContaining('param_Worker2InstanceCount=4'),
    });
    expect(await refused('--config', 'two.yaml', '--version', '1.0.0', ...second)).toEqual(['PL5004']);
    expect(await refused('--channel', 'latest', '--param', 'ClusterZoneId=us-west-2a')).toEqual(['PL5006']);
  });

  test.each([
    ['a version that is not published', ['--version', '9.9.9'], 'PL5010'],
    ['an edit that is not published', [], 'PL5010'],
    ['a channel that is not there', ['--channel', 'stable'], 'PL5009'],
    ['a name that is none', ['--channel', '../x'], 'PL4015'],
    ['a bucket that does not let everyone read', ['--to', 's3://closed-bucket/p', '--channel', 'latest'], 'PL5009'],
    ['a version there', ['--to', 's3://closed-bucket/p', '--version', '1.0.0'], 'PL5010'],
  ])('%s is refused', async (_, argv, wanted) => {
    expect(await refused(...argv)).toEqual([wanted]);
  });

  test('for another audience with credentials', async () => {
    const closed = ['--to', 's3://closed-bucket/p', '--audience', 'accounts:111122223333'];
    const { code, out } = await links(...closed, '--channel', 'latest');
    expect({ code, version: JSON.parse(out).version }).toEqual({ code: 0, version: '2.0.0' });
    expect(proxy.seen.every(({ signed }) => signed)).toBe(true);
    expect(await refused(...closed, '--version', '9.9.9')).toEqual(['PL5010']);
  });

  test('a template that was changed, and one that was changed together with its manifest', async () => {
    const [key, list] = ['releases/2.0.0/templates/cluster.yaml', 'releases/2.0.0/manifest.json'];
    const [template, manifest] = [await get(key), await get(list)];
    await put(key, template.replace('Description:', 'Description :'));
    expect(await refused('--version', '2.0.0')).toEqual(['PL4021']);
    await put(key, template);
    await put(list, `${manifest}\n`);
    expect(await refused('--channel', 'latest')).toEqual(['PL4026']);
    await put(list, manifest);
    expect((await links('--channel', 'latest')).code).toBe(0);
  });

  test.each([
    ['{"channel": "broken"', 'broken.json'],
    ['{"channel": "hostile", "version": "\\u001b[2J", "manifestSha256": ""}', 'hostile.json'],
    [' '.repeat(5000), 'huge.json'],
  ])('a channel file that is %j', async (text, name) => {
    await put(`channels/${name}`, text);
    expect(await refused('--channel', name.replace('.json', ''))).toEqual(['PL4024']);
  });

  test('for updates: a warning of a release that does not take them from all', async () => {
    writeFileSync(join(cwd, 'three.yaml'), 'release: { version: 3.0.0, minimumFrom: 2.0.0 }\n');
    const to = ['--to', 's3://open-bucket/p', '--endpoint-url', moto.url, '--channel', 'next'];
    expect((await runCli(['publish', '--config', 'three.yaml', ...to], { cwd })).code).toBe(0);
    const found = async (...argv: string[]) => JSON.parse((await links(...argv)).out);
    const { links: made, diagnostics } = await found('--version', '3.0.0', '--update', '--stack', 'launchpad');
    expect(made).toMatchObject([{ action: 'update', stack: 'launchpad' }]);
    expect(diagnostics).toMatchObject([{ code: 'PL4064', message: expect.stringContaining('from 2.0.0 on') }]);
    expect((await found('--version', '2.0.0', '--update')).diagnostics).toEqual([]);
    expect((await found('--version', '3.0.0')).diagnostics).toEqual([]);
  });

  test('a release that was withdrawn: a warning, also of its launch page', async () => {
    const why = ['--why', 'It loses jobs.', '--to', 's3://open-bucket/p', '--endpoint-url', moto.url];
    expect((await runCli(['withdraw', '1.0.0', ...why], { cwd })).code).toBe(0);
    const { code, out } = await links('--version', '1.0.0');
    expect({ code, found: JSON.parse(out).diagnostics }).toMatchObject({ code: 0, found: [{ code: 'PL4061' }] });
    expect(JSON.parse((await links('--channel', 'latest')).out).diagnostics).toEqual([]);
    const place = ['--to', 's3://open-bucket/p', '--endpoint-url', moto.url, '--version', '1.0.0'];
    const page = await runCli(['page', ...place], { cwd });
    expect(page).toMatchObject({
      code: 0,
      err: expect.stringContaining('warning PL4061: Release 1.0.0 was withdrawn'),
    });
  });

  test.each(['{"releases": [', ' '.repeat(2e6)])('a list of releases that is none is refused', async (text) => {
    const before = await get('releases.json');
    await put('releases.json', text);
    expect(await refused('--version', '1.0.0')).toEqual(['PL4058']);
    await put('releases.json', before);
  });

  test('a release without a stack', async () => {
    const list = 'releases/1.0.0/manifest.json';
    const manifest = JSON.parse(await get(list));
    const files = manifest.files.filter(({ path }: { path: string }) => path !== 'templates/cluster.yaml');
    await put(list, JSON.stringify({ ...manifest, files }));
    expect(await refused('--version', '1.0.0', '--stack', 'cluster')).toEqual(['PL4026']);
    await put('releases.json', '{"releases": [], "channels": {}}');
    expect(await refused('--version', '1.0.0', '--stack', 'cluster')).toEqual(['PL5011']);
    expect(JSON.parse((await links('--version', '1.0.0')).out).links).toHaveLength(STACK_NAMES.length - 1);
  });
});
