import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import { type Moto, startMoto } from '../support/moto.ts';
import { hasPython } from '../support/python-tools.ts';
import { runCli } from '../support/run-cli.ts';
import { stubCredentials } from '../support/stub-credentials.ts';
import { withoutDenials } from '../support/without-denials.ts';

const REGIONS = ['us-west-2', 'eu-west-1', 'ap-southeast-1'];

describe.skipIf(!hasPython())('mirrors of a release, a bucket in each region', () => {
  let moto: Moto;
  let proxy: FaultProxy;
  let cwd: string;
  beforeAll(async () => {
    stubCredentials();
    moto = await startMoto();
    proxy = await startFaultProxy(moto.url);
    cwd = mkdtempSync(join(tmpdir(), 'podlaunch-mirrors-'));
    writeFileSync(join(cwd, 'podlaunch.yaml'), 'release: { version: 1.0.0 }\n');
    for (const region of REGIONS) {
      const { code, err } = await run('bucket', 'create', '--region', region);
      expect(code, err).toBe(0);
      await withoutDenials(`releases-${region}`, { endpointUrl: moto.url, region });
    }
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    rmSync(cwd, { recursive: true });
    await proxy?.stop();
    await moto?.stop();
  });

  const run = (...argv: readonly string[]) =>
    runCli([...argv, '--to', 's3://releases-{region}/p', '--endpoint-url', proxy.url], { cwd });
  const publish = (...more: readonly string[]) => run('publish', '--yes', '--regions', REGIONS.join(','), ...more);
  const object = async (region: string, key: string) => {
    const answer = await fetch(`${moto.url}/releases-${region}/p/${key}`);
    return answer.ok ? answer.text() : undefined;
  };
  /** The version that each region's channel names; undefined where there is none. */
  const channels = async (): Promise<readonly (string | undefined)[]> => {
    const texts = await Promise.all(REGIONS.map((region) => object(region, 'channels/latest.json')));
    return texts.map((text) => text && JSON.parse(text).version);
  };

  test.each([
    ['when files are written', /\/releases-eu-west-1\/p\/releases\/1\.0\.0\/templates\/cluster\.yaml/],
    ['when the channel is to move', /\/releases-eu-west-1\/p\/channels\/latest\.json/],
  ])('a failure half-way, %s: each is whole or not announced, and that is said', async (_, url) => {
    proxy.reset();
    proxy.decide = (_number, request) => (request.method === 'PUT' && url.test(request.url) ? 403 : 'pass');
    const { code, err } = await publish();
    expect(code).toBe(1);
    expect(err).toContain('PL4067');
    expect(err).toContain(
      'The release is published in us-west-2. In eu-west-1 it is not announced: the channel has not moved. Nothing was done in ap-southeast-1.',
    );
    expect(await channels()).toEqual(['1.0.0', undefined, undefined]);
    expect(await object('ap-southeast-1', 'releases/1.0.0/manifest.json')).toBeUndefined();
  });

  test('run again it finishes, and looks at what is there', async () => {
    proxy.reset();
    const { code, out } = await publish();
    expect(code).toBe(0);
    expect(out).toMatch(
      /^Published 1\.0\.0 to s3:\/\/releases-us-west-2\/p\/releases\/1\.0\.0\/ \(all \d+ files were there\)/,
    );
    expect(await channels()).toEqual(['1.0.0', '1.0.0', '1.0.0']);
    for (const region of REGIONS) {
      const template = await object(region, 'releases/1.0.0/templates/prerequisites.yaml');
      expect(template).toContain(`Default: releases-${region}`);
      expect(template).toContain(`Default: ${region}`);
    }
    const json = JSON.parse((await publish('--json')).out);
    expect(json.regions.map(({ to, written }: any) => [to, written])).toEqual(
      REGIONS.map((region) => [`s3://releases-${region}/p`, []]),
    );
  });

  test("the links of a region lead to its own mirror, of the first one's release", async () => {
    const both = REGIONS.slice(0, 2).flatMap((region) => ['--launch-region', region]);
    for (const pin of [['--channel', 'latest'], ['--version', '1.0.0'], ['--offline']]) {
      const { version, links } = JSON.parse(
        (await run('links', '--json', '--stack', 'launchpad', ...pin, ...both)).out,
      );
      expect(version).toBe('1.0.0');
      expect(
        links.map(({ region, url }: any) => [region, /releases-[a-z0-9-]+/.exec(decodeURIComponent(url))![0]]),
      ).toEqual(REGIONS.slice(0, 2).map((region) => [region, `releases-${region}`]));
    }
  });

  test.each([
    ['one bucket for all', ['--to', 's3://releases-us-west-2/p'], 'PL4066'],
    ['a region that there is not', ['--regions', 'us-west-2,us-est-1'], 'PL5002'],
    ['regions that cannot read from each other', ['--regions', 'us-west-2,cn-north-1'], 'PL5003'],
  ])('%s is refused before anything is done', async (_, argv, code) => {
    proxy.reset();
    const { out } = await runCli(
      [
        'publish',
        '--to',
        's3://releases-{region}/p',
        '--regions',
        'us-west-2,eu-west-1',
        ...argv,
        '--endpoint-url',
        proxy.url,
        '--json',
      ],
      { cwd },
    );
    expect(JSON.parse(out).diagnostics.map((one: { code: string }) => one.code)).toEqual([code]);
    expect(proxy.seen).toEqual([]);
  });
});
