import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { publishRelease } from '../../src/publish/publish-release.ts';
import { provenanceSignaturePath, signaturePath } from '../../src/release/layout.ts';
import { smallRelease } from '../publish/small-release.ts';
import type { Fate, SeenRequest } from '../support/fault-proxy.ts';
import { hasPython } from '../support/python-tools.ts';
import { type Mirrored, startMirrored } from './mirrored.ts';

const REGIONS = ['us-west-2', 'eu-west-1'];
const [BROKEN, WHOLE] = REGIONS as [string, string];

/** What a mirror may answer. */
const FATES: readonly Fate[] = [403, { status: 400, code: 'ExpiredToken' }, { status: 503, code: 'SlowDown' }];

interface Act {
  readonly argv: readonly string[];
  readonly did: string;
  /** Whether a mirror is as it is to be. */
  isDone(region: string): Promise<boolean>;
  /** Makes both mirrors as they were. */
  undo(): Promise<unknown>;
}

describe.skipIf(!hasPython())('what is done at all mirrors, and one of them fails', () => {
  let mirrored: Mirrored;
  let keyId: string;
  beforeAll(async () => {
    mirrored = await startMirrored(REGIONS);
    for (const version of ['1.0.0', '2.0.0'])
      for (const region of REGIONS) await publishRelease(smallRelease(version, version), mirrored.target(region));
    const { code, out, err } = await run('sign', '2.0.0', '--json');
    expect(code, err).toBe(0);
    keyId = JSON.parse(out).regions[0].keyId;
  });
  afterAll(() => mirrored?.stop());
  afterEach(() => mirrored.proxy.reset());

  const run = (...argv: readonly string[]) => mirrored.run(...argv);
  const json = async (region: string, key: string) => JSON.parse((await mirrored.object(region, key))!);
  const put = (key: string, text: string | undefined) =>
    Promise.all(REGIONS.map((region) => mirrored.put(region, key, text)));
  /** What a key seals of the release that nobody has signed. */
  const sealed = () => [signaturePath(keyId), provenanceSignaturePath(keyId)].map((path) => `releases/1.0.0/${path}`);

  const ACTS: Readonly<Record<string, () => Promise<Act>>> = {
    withdraw: async () => ({
      ...{ argv: ['withdraw', '1.0.0', '--why', 'It loses jobs.'], did: 'Withdrawn' },
      isDone: async (region) => (await json(region, 'releases.json')).releases[1].withdrawn !== undefined,
      undo: () => run('withdraw', '1.0.0', '--undo'),
    }),
    rollback: async () => ({
      ...{ argv: ['rollback', '--version', '1.0.0'], did: 'Rolled back' },
      isDone: async (region) => {
        const { channels } = await json(region, 'releases.json');
        const { version } = await json(region, 'channels/latest.json');
        return version === '1.0.0' && channels.latest[0].version === '1.0.0';
      },
      undo: () => run('rollback', '--version', '2.0.0'),
    }),
    sign: async () => ({
      ...{ argv: ['sign', '1.0.0'], did: 'Signed' },
      isDone: async (region) =>
        (await Promise.all(sealed().map((key) => mirrored.object(region, key)))).every((text) => text !== undefined),
      undo: () => Promise.all(sealed().map((key) => put(key, undefined))),
    }),
    'keys withdraw': async () => {
      const before = (await mirrored.object(WHOLE, 'keys.json'))!;
      return {
        ...{ argv: ['keys', 'withdraw', keyId, '--why', 'Lost.'], did: 'Withdrawn' },
        isDone: async (region) => (await json(region, 'keys.json')).keys[0].withdrawn !== undefined,
        undo: () => put('keys.json', before),
      };
    },
    verify: async () => ({
      ...{ argv: ['verify', '--version', '2.0.0', '--key', 'key.pub.pem'], did: 'As its manifest says' },
      isDone: async () => true,
      undo: async () => undefined,
    }),
  };

  test.each(Object.keys(ACTS))(
    '%s, at each request: the other is done, that is said, and again it ends right',
    {
      timeout: 180_000,
    },
    async (name) => {
      const { argv, did, isDone, undo } = await ACTS[name]!();
      mirrored.proxy.reset();
      expect(await run(...argv)).toMatchObject({ code: 0, out: expect.stringMatching(/^us-west-2: .*^eu-west-1: /ms) });
      const asked = new Set(mirrored.proxy.seen.filter(isNeeded).map(requestOf));
      expect(asked.size).toBeGreaterThan(1);
      await undo();
      for (const [at, request] of [...asked].entries()) {
        const fate = FATES[at % FATES.length]!;
        mirrored.proxy.decide = (_, seen) => (requestOf(seen) === request ? fate : 'pass');
        const failed = await run(...argv);
        mirrored.proxy.reset();
        expect([request, failed.code, failed.out]).toEqual([request, 1, '']);
        expect(failed.err, request).toMatch(/error PL\d+: us-west-2: /);
        expect(failed.err, request).toContain(`PL4068`);
        expect(failed.err, request).toContain(`${did} in ${WHOLE}; not in ${BROKEN}.`);
        expect(failed.err, request).not.toMatch(/^ +at |PL0001|undefined/m);
        expect([request, await isDone(WHOLE)]).toEqual([request, true]);
        expect([request, (await run(...argv)).code]).toEqual([request, 0]);
        for (const region of REGIONS) expect([request, region, await isDone(region)]).toEqual([request, region, true]);
        await undo();
      }
    },
  );

  test.each([
    ['releases.json', 'PL4065'],
    ['keys.json', 'PL7110'],
  ])('where %s cannot be read, verify says that nobody knows what was withdrawn', async (file, code) => {
    mirrored.proxy.decide = (_, { url }) => (url.includes(`${BROKEN}/p/${file}`) ? 403 : 'pass');
    const { code: exit, err } = await run('verify', '--version', '2.0.0', '--key', 'key.pub.pem');
    expect([exit, err]).toEqual([
      0,
      expect.stringMatching(new RegExp(`warning ${code}: us-west-2: .*withdrawn is not known`)),
    ]);
  });

  test('verify says where mirrors differ from each other', async () => {
    const verify = (...argv: readonly string[]) => run('verify', '--channel', 'latest', ...argv);
    expect((await verify()).err).not.toContain('PL');
    await run('rollback', '--version', '1.0.0', '--region', BROKEN);
    expect((await verify()).err).toContain('The channel points at 1.0.0 in us-west-2, and at 2.0.0 in eu-west-1.');
    await run('rollback', '--version', '2.0.0', '--region', BROKEN);
    await run('withdraw', '2.0.0', '--why', 'Broken.', '--region', WHOLE);
    expect((await verify()).err).toContain('Release 2.0.0 is withdrawn in eu-west-1, and not in us-west-2.');
    await run('withdraw', '2.0.0', '--undo', '--region', WHOLE);
    expect(await verify('--manifest', '0'.repeat(64))).toMatchObject({ code: 2 });
  });

  test('verify refuses a release whose scripts are others in one of them', async () => {
    await publishRelease(smallRelease('3.0.0', 'one'), mirrored.target(BROKEN), { channel: 'next' });
    await publishRelease(smallRelease('3.0.0', 'two'), mirrored.target(WHOLE), { channel: 'next' });
    const { code, err } = await run('verify', '--channel', 'next');
    expect(code).toBe(1);
    expect(err).toContain('error PL7008');
    expect(err).toContain(
      'lifecycle-scripts/tool/main.py of release 3.0.0 is not the same in us-west-2 and in eu-west-1.',
    );
  });
});

/** Whether a request to the mirror must succeed: HEAD only looks where a bucket is, and who reads may find no lists. */
function isNeeded({ method, url, signed }: SeenRequest): boolean {
  return url.includes(BROKEN) && method !== 'HEAD' && (signed || !/\/p\/(releases|keys)[.]json$/.test(url));
}

/** A request, without what a listing is asked for in particular; all files of a release alike. */
function requestOf({ method, url }: SeenRequest): string {
  return `${method} ${url.replace(/[?].*|(?<=releases\/[^/]+\/)(lifecycle-scripts|templates|\w+[.]).*/g, '')}`;
}
