import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { Refusal } from '../../src/diagnostics/refusal.ts';
import { sha256 } from '../../src/files/sha256.ts';
import { type PublishOptions, publishRelease } from '../../src/publish/publish-release.ts';
import { movesOf, type ReleaseHistory } from '../../src/publish/releases/history.ts';
import { parseHistory } from '../../src/publish/releases/parse-history.ts';
import { withdraw } from '../../src/publish/withdraw.ts';
import type { Release } from '../../src/release/release.ts';
import { parseTarget, type S3Target } from '../../src/release/target.ts';
import { awsEnvironment, awsJson } from '../support/aws-cli.ts';
import { type Fate, type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import { type Moto, startMoto } from '../support/moto.ts';
import { hasPython } from '../support/python-tools.ts';
import { stubCredentials } from '../support/stub-credentials.ts';
import { buildPublisher } from './build-publisher.ts';
import { smallRelease } from './small-release.ts';

const BUCKET = 'my-releases';
const FIRST = 'place-0/';
const OLD = smallRelease('1.0.0', 'old');
const NEW = smallRelease('2.0.0', 'new');
/** Requests after the channel has moved: its move is recorded in the history. */
const LAST = 2;
const versionsIn = ({ releases }: ReleaseHistory) => releases.map(({ version }) => version);
/** Another release under the new one's version. */
const RIVAL = smallRelease('2.0.0', 'rival');

describe.skipIf(!hasPython())('a publish that is disturbed', () => {
  let moto: Moto;
  let proxy: FaultProxy;
  let serial = 0;
  /** What is in the first place: the old release, by key below its prefix. */
  let published: readonly string[];
  /** The place through the proxy, and past it. */
  let target: S3Target;
  let direct: S3Target;

  beforeAll(async () => {
    stubCredentials();
    moto = await startMoto();
    proxy = await startFaultProxy(moto.url);
    const cli = (args: readonly string[]) => awsJson<any>(args, { endpointUrl: moto.url });
    const location = ['--create-bucket-configuration', 'LocationConstraint=us-west-2'];
    await cli(['s3api', 'create-bucket', '--bucket', BUCKET, ...location]);
    const everything = {
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: `arn:aws:s3:::${BUCKET}/*`,
    };
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: [everything] });
    await cli(['s3api', 'put-bucket-policy', '--bucket', BUCKET, '--policy', policy]);
    const place = { region: 'us-west-2', endpointUrl: moto.url };
    await publishRelease(OLD, parseTarget(`s3://${BUCKET}/${FIRST}`, place) as S3Target);
    const listing = await cli(['s3api', 'list-objects-v2', '--bucket', BUCKET, '--prefix', FIRST]);
    published = listing.Contents.map(({ Key }: any) => Key.slice(FIRST.length));
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await proxy?.stop();
    await moto?.stop();
  });
  beforeEach(newPlace);

  /** A prefix of its own, with the old release in it: S3 copies what was published to the first. */
  async function newPlace(): Promise<void> {
    const to = `s3://${BUCKET}/place-${++serial}`;
    target = parseTarget(to, { region: 'us-west-2', endpointUrl: proxy.url }) as S3Target;
    direct = parseTarget(to, { region: 'us-west-2', endpointUrl: moto.url }) as S3Target;
    proxy.reset();
    await Promise.all(published.map(copyHere));
  }

  /** Copies an object with all that S3 knows of it. */
  async function copyHere(key: string): Promise<void> {
    const headers = { 'x-amz-copy-source': `/${BUCKET}/${FIRST}${key}` };
    const answer = await fetch(`${moto.url}/${BUCKET}/${direct.prefix}${key}`, { method: 'PUT', headers });
    expect(answer.status, await answer.text()).toBe(200);
  }

  /** Reads as a launcher does: without credentials, from the channel down to every byte. Gives the version. */
  async function whatLaunchersGet(...possible: readonly Release[]): Promise<string> {
    const read = async (key: string) => {
      const answer = await fetch(`${moto.url}/${BUCKET}/${direct.prefix}${key}`);
      expect(answer.status, key).toBe(200);
      return new Uint8Array(await answer.arrayBuffer());
    };
    const channel = JSON.parse(new TextDecoder().decode(await read('channels/latest.json')));
    const manifest = await read(`releases/${channel.version}/manifest.json`);
    expect(sha256(manifest)).toBe(channel.manifestSha256);
    const release = possible.find((one) => one.manifest.sha256 === channel.manifestSha256)!;
    for (const { path, sha256: expected } of release.files) {
      expect(sha256(await read(`releases/${release.version}/${path}`)), path).toBe(expected);
    }
    expect(versionsIn(parseHistory(await read('releases.json'), 'releases.json'))).toContain(channel.version);
    return channel.version;
  }

  /** The history, which is complete once a publish has ended well: each release, and the channel's last move. */
  async function whatIsRecorded(): Promise<{ versions: readonly string[]; latest: string | undefined }> {
    const answer = await fetch(`${moto.url}/${BUCKET}/${direct.prefix}releases.json`);
    const history = parseHistory(new Uint8Array(await answer.arrayBuffer()), 'releases.json');
    return { versions: versionsIn(history), latest: movesOf(history, 'latest')[0]?.version };
  }

  /** Publishes, and says whether it went well; what is thrown must be a refusal with a hint. */
  async function attempt(release: Release, place: S3Target, options: PublishOptions = {}): Promise<boolean> {
    try {
      await publishRelease(release, place, options);
      return true;
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(Refusal);
      for (const { code, hint } of (thrown as Refusal).diagnostics) {
        expect(code).toMatch(/^PL40(2[0-6]|4[89])$/);
        expect(hint).toMatch(/\w/);
      }
      return false;
    }
  }

  async function countRequests(): Promise<number> {
    await publishRelease(NEW, target);
    const count = proxy.seen.length;
    // Listing, channel, history; listing of channels; policy, Block Public Access; manifest, files, listing; reading
    // back; history; channel; history.
    const files = NEW.files.length;
    expect(count).toBe(3 + 1 + 2 + 1 + files + 1 + (files + 1) + 2 + 1 + LAST);
    return count;
  }

  describe.each<Fate>(['cut', 'loseAnswer', 500, 503])('%s', (fate) => {
    test('any one request: retried, and the release is complete', async () => {
      const count = await countRequests();
      for (let n = 1; n <= count; n++) {
        await newPlace();
        proxy.decide = (number) => (number === n ? fate : 'pass');
        expect(await attempt(NEW, target), `request ${n}`).toBe(true);
        expect(await whatLaunchersGet(OLD, NEW), `request ${n}`).toBe('2.0.0');
        expect(await whatIsRecorded(), `request ${n}`).toEqual({ versions: ['2.0.0', '1.0.0'], latest: '2.0.0' });
      }
    });

    test('any request and all after it: the old release stays, or the new one is complete; a second run completes', async () => {
      const count = await countRequests();
      const ends: boolean[] = [];
      for (let n = 1; n <= count; n++) {
        await newPlace();
        proxy.decide = (number) => (number >= n ? fate : 'pass');
        ends.push(await attempt(NEW, target));
        const now = await whatLaunchersGet(OLD, NEW);
        // One request moves the channel; it may have done so although its answer was lost.
        const move = count - LAST;
        if (n !== move || fate !== 'loseAnswer') expect(now, `request ${n}`).toBe(n <= move ? '1.0.0' : '2.0.0');
        proxy.reset();
        expect(await attempt(NEW, target), `second run after request ${n}`).toBe(true);
        expect(await whatLaunchersGet(OLD, NEW)).toBe('2.0.0');
        expect(await whatIsRecorded(), `second run after request ${n}`).toEqual({
          versions: ['2.0.0', '1.0.0'],
          latest: '2.0.0',
        });
      }
      expect(ends).toEqual(Array(count).fill(false));
    });
  });

  describe('a second publisher runs while any one request is held back', () => {
    test.each<[string, Release]>([
      ['of the same release: both end well', NEW],
      ['of the same version with other bytes: one is refused, and nothing is mixed', RIVAL],
    ])('%s', async (_, second) => {
      const count = await countRequests();
      for (let n = 1; n <= count; n++) {
        await newPlace();
        let other: Promise<boolean> | undefined;
        proxy.decide = async (number): Promise<Fate> => {
          if (number === n) other = attempt(second, direct);
          if (number === n) await other;
          return 'pass';
        };
        const first = await attempt(NEW, target);
        expect([first, await other], `request ${n}`).toEqual(
          second === NEW ? [true, true] : expect.arrayContaining([true, false]),
        );
        expect(await whatLaunchersGet(NEW, second), `request ${n}`).toBe('2.0.0');
      }
    });

    test('of a newer version: whichever channel file is seen last, it is complete, and the first says so when it lost', async () => {
      const count = await countRequests();
      const newer = smallRelease('3.0.0', 'newer');
      for (let n = 1; n <= count; n++) {
        await newPlace();
        let other: Promise<boolean> | undefined;
        proxy.decide = async (number): Promise<Fate> => {
          if (number === n) other = attempt(newer, direct);
          if (number === n) await other;
          return 'pass';
        };
        // Without it a first that reads the channel late is refused as older, which is tested elsewhere.
        const first = await attempt(NEW, target, { allowDowngrade: true });
        expect(await other).toBe(true);
        // Held back before it had read the channel, the first moves it on; after that it leaves it alone, or was first.
        const now = first && n <= count - LAST ? '2.0.0' : '3.0.0';
        expect(await whatLaunchersGet(NEW, newer), `request ${n}`).toBe(now);
        expect(await whatIsRecorded(), `request ${n}`).toMatchObject({ latest: now });
        expect(await attempt(NEW, target, { allowDowngrade: true })).toBe(true);
      }
    });
  });

  test('eight publishers of four releases of one version at once: one release wins, whole', async () => {
    const marks = ['a', 'b', 'c', 'd'].map((mark) => smallRelease('2.0.0', mark));
    const ends = await Promise.all([...marks, ...marks].map((release) => attempt(release, direct)));
    expect(ends.filter((end) => end)).toHaveLength(2);
    expect(await whatLaunchersGet(...marks)).toBe('2.0.0');
  });

  describe('a process that is killed with SIGKILL', () => {
    let folder: string;
    let program: string;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'podlaunch-publisher-'));
      program = await buildPublisher(folder);
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    const publisher = (release: Release, mark: string): ChildProcess =>
      spawn(process.execPath, [program, `s3://${BUCKET}/${direct.prefix}`, release.version, mark, proxy.url], {
        env: awsEnvironment({ endpointUrl: proxy.url }),
        stdio: ['ignore', 'ignore', 'inherit'],
      });

    test('runs through when nobody kills it', async () => {
      const [code] = await once(publisher(NEW, 'new'), 'exit');
      expect(code).toBe(0);
      expect(await whatLaunchersGet(OLD, NEW)).toBe('2.0.0');
    });

    test('at any request: the old release stays, or the new one is complete; a second run completes', async () => {
      const count = await countRequests();
      for (let n = 1; n <= count; n++) {
        await newPlace();
        const child = publisher(NEW, 'new');
        proxy.decide = (number): Fate => {
          if (number === n) child.kill('SIGKILL');
          return 'pass';
        };
        const [, signal] = await once(child, 'exit');
        expect(signal, `request ${n}`).toBe('SIGKILL');
        // What was under way when it died may still arrive.
        const arrived = async () => expect(['1.0.0', '2.0.0']).toContain(await whatLaunchersGet(OLD, NEW));
        await vi.waitFor(arrived, { timeout: 60_000 });
        if (n < count - LAST) expect(await whatLaunchersGet(OLD, NEW), `request ${n}`).toBe('1.0.0');
        proxy.reset();
        expect(await attempt(NEW, target)).toBe(true);
        expect(await whatLaunchersGet(OLD, NEW)).toBe('2.0.0');
        expect(await whatIsRecorded(), `request ${n}`).toEqual({ versions: ['2.0.0', '1.0.0'], latest: '2.0.0' });
      }
    });
  });

  describe('the history', () => {
    test('a release is withdrawn while any one request of another publish is held back: both are recorded', async () => {
      const count = await countRequests();
      for (let n = 1; n <= count; n++) {
        await newPlace();
        proxy.decide = async (number): Promise<Fate> => {
          if (number === n) await withdraw('1.0.0', 'It loses jobs.', direct);
          return 'pass';
        };
        expect(await attempt(NEW, target), `request ${n}`).toBe(true);
        const answer = await fetch(`${moto.url}/${BUCKET}/${direct.prefix}releases.json`);
        const history = parseHistory(new Uint8Array(await answer.arrayBuffer()), 'releases.json');
        expect(versionsIn(history), `request ${n}`).toEqual(['2.0.0', '1.0.0']);
        expect(history.releases[1]!.withdrawn?.why, `request ${n}`).toBe('It loses jobs.');
        expect(movesOf(history, 'latest')[0]?.version, `request ${n}`).toBe('2.0.0');
      }
    });

    test('the release itself is withdrawn meanwhile: the channel is led there only by who was ahead', async () => {
      const count = await countRequests();
      for (const n of [count - LAST - 2, count - LAST - 1, count - LAST]) {
        await newPlace();
        proxy.decide = async (number): Promise<Fate> => {
          if (number === n) await withdraw('2.0.0', 'It loses jobs.', direct);
          return 'pass';
        };
        const [ended, refused] = await publishRelease(NEW, target).then(
          () => [true, []],
          (thrown: Refusal) => [false, thrown.diagnostics.map(({ code }) => code)],
        );
        expect([ended, refused], `request ${n}`).toEqual(n < count - LAST ? [false, ['PL4060']] : [true, []]);
        expect(await whatLaunchersGet(OLD, NEW)).toBe(ended ? '2.0.0' : '1.0.0');
      }
    });

    test('six publishers of six releases, each to a channel of its own: all are recorded', async () => {
      const numbers = [1, 2, 3, 4, 5, 6];
      const publishing = numbers.map((n) =>
        publishRelease(smallRelease(`3.${n}.0`, `${n}`), direct, { channel: `team-${n}` }),
      );
      await Promise.all(publishing);
      const answer = await fetch(`${moto.url}/${BUCKET}/${direct.prefix}releases.json`);
      const history = parseHistory(new Uint8Array(await answer.arrayBuffer()), 'releases.json');
      expect(versionsIn(history).sort()).toEqual(['1.0.0', ...numbers.map((n) => `3.${n}.0`)]);
      for (const n of numbers) expect(movesOf(history, `team-${n}`)).toMatchObject([{ version: `3.${n}.0` }]);
    });
  });
});
