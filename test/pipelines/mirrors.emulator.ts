import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasPython } from '../support/python-tools.ts';
import { type Mirrored, startMirrored } from './mirrored.ts';

const REGIONS = ['us-west-2', 'eu-west-1', 'ap-southeast-1'];

describe.skipIf(!hasPython())('mirrors of a release, a bucket in each region', () => {
  let mirrored: Mirrored;
  beforeAll(async () => {
    mirrored = await startMirrored(REGIONS);
  });
  afterAll(() => mirrored?.stop());

  const run = (...argv: readonly string[]) => mirrored.run(...argv);
  const publish = (...more: readonly string[]) => run('publish', '--yes', ...more);
  const object = (region: string, key: string) => mirrored.object(region, key);
  /** The version that each region's channel names; undefined where there is none. */
  const channels = async (): Promise<readonly (string | undefined)[]> => {
    const texts = await Promise.all(REGIONS.map((region) => object(region, 'channels/latest.json')));
    return texts.map((text) => text && JSON.parse(text).version);
  };

  test.each([
    ['when files are written', /\/releases-eu-west-1\/p\/releases\/1\.0\.0\/templates\/cluster\.yaml/],
    ['when the channel is to move', /\/releases-eu-west-1\/p\/channels\/latest\.json/],
  ])('a failure half-way, %s: each is whole or not announced, and that is said', async (_, url) => {
    mirrored.proxy.reset();
    mirrored.proxy.decide = (_number, request) => (request.method === 'PUT' && url.test(request.url) ? 403 : 'pass');
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
    mirrored.proxy.reset();
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
    const asked = [
      ['--channel', 'latest', ...both],
      ['--version', '1.0.0', ...both],
      ['--offline', ...both],
      [],
      ['--offline'],
    ];
    for (const argv of asked) {
      const { version, links } = JSON.parse((await run('links', '--json', '--stack', 'launchpad', ...argv)).out);
      expect(version).toBe('1.0.0');
      const wanted = argv.includes('--launch-region') ? REGIONS.slice(0, 2) : REGIONS;
      expect(
        links.map(({ region, url }: any) => [region, /releases-[a-z0-9-]+/.exec(decodeURIComponent(url))![0]]),
      ).toEqual(wanted.map((region) => [region, `releases-${region}`]));
    }
  });

  test.each([
    ['one bucket for all', ['--to', 's3://releases-us-west-2/p', '--regions', 'us-west-2,eu-west-1'], 'PL4066'],
    ['one bucket with prefixes', ['--to', 's3://releases/{region}', '--regions', 'us-west-2,eu-west-1'], 'PL4066'],
    ['a region that there is not', ['--regions', 'us-west-2,us-est-1'], 'PL5002'],
    ['regions that cannot read from each other', ['--regions', 'us-west-2,cn-north-1'], 'PL5003'],
  ])('%s is refused before anything is done', async (_, argv, code) => {
    mirrored.proxy.reset();
    const { out } = await publish(...argv, '--json');
    expect(JSON.parse(out).diagnostics.map((one: { code: string }) => one.code)).toEqual([code]);
    expect(mirrored.proxy.seen).toEqual([]);
  });
});
