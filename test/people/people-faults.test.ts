import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeHouse } from '../functions/people/fake/house.ts';
import { newSshKey } from '../functions/people/fake/keys.ts';
import { type FakeServer, startFakeServer } from '../functions/people/fake/server.ts';
import { atEveryRequest, PASSING } from '../support/every-request.ts';
import { runCli } from '../support/run-cli.ts';
import { stubCredentials } from '../support/stub-credentials.ts';
import { type StackFunction, startStackFunction } from './stack-function.ts';

let fake: FakeServer;
let stack: StackFunction;
let cwd: string;
beforeAll(() => {
  stubCredentials();
  cwd = mkdtempSync(join(tmpdir(), 'podlaunch-people-faults-'));
  writeFileSync(join(cwd, 'key.pub'), newSshKey('one'));
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(cwd, { recursive: true });
});
beforeEach(async () => {
  fake = await startFakeServer();
  stack = await startStackFunction(new FakeHouse(fake));
});
afterEach(() => Promise.all([stack.stop(), fake.stop()]));

const at = (url: string) => ['--stack', 'physics-launchpad', '--region', 'us-west-2', '--endpoint-url', url];
const run = (url: string, ...argv: string[]) => runCli(['people', ...argv, ...at(url)], { cwd });

let people = 0;
/** What is run: each run is for somebody of its own, so that each has everything to do. */
const ACTS: Readonly<Record<string, () => Promise<readonly string[]>>> = {
  list: async () => ['list'],
  add: async () => ['add', `ada${people++}`, '--group', 'ClusterDev', '--key', 'key.pub', '--yes'],
  'password reset': async () => {
    const name = `grace${people++}`;
    await run(stack.url, 'add', name, '--group', 'ClusterDev', '--key', 'key.pub', '--yes');
    return ['password', 'reset', name, '--reader', 'arn:aws:iam::111122223333:role/Ada', '--yes'];
  },
};

/** Each, and which of its requests changes something: it may have been done where its answer is lost. */
describe.each([
  ['list', undefined],
  ['add', 3],
  ['password reset', 2],
])('a fault at every request of people %s', (name, acting) => {
  const act = async (url: string) => {
    const argv = await ACTS[name]!();
    return { ...(await run(url, ...argv)), argv };
  };

  test.each(PASSING)('once: %j costs a repetition, and nothing else', { timeout: 60_000 }, async (fate) => {
    await atEveryRequest(stack.url, { fate, atATime: 1 }, act, ({ result, request }) =>
      expect([request, result.code, result.err]).toEqual([request, 0, expect.not.stringContaining('PL')]),
    );
  });

  test.each([
    ['AccessDeniedException', /PL9002.*(lambda:InvokeFunction|cloudformation:DescribeStackResource)/s],
    ['ExpiredTokenException', /PL9002.*expired.*Sign in again/s],
    ['UnrecognizedClientException', /PL9002.*does not accept the credentials/s],
  ])('from there on: %s is said, with the next step', { timeout: 60_000 }, async (code, words) => {
    const fate = { status: 403, code };
    await atEveryRequest(stack.url, { fate, last: true, atATime: 1 }, act, ({ result, request }) => {
      expect([request, result.code, result.out]).toEqual([request, 1, '']);
      expect(result.err, request).toMatch(words);
      expect(result.err, request).not.toMatch(/^ +at |PL0001/m);
    });
  });

  test.each(['cut', 'loseAnswer'] as const)(
    'from there on: %s is said, and the same command ends it',
    {
      timeout: 120_000,
    },
    async (fate) => {
      await atEveryRequest(stack.url, { fate, last: true, atATime: 1 }, act, async ({ result, request }) => {
        expect([request, result.code, result.out]).toEqual([request, 1, '']);
        expect(result.err, request).toContain('error PL9002');
        expect([request, /The function may have/.test(result.err)]).toEqual([
          request,
          request.startsWith(`${acting} `),
        ]);
        expect(result.err, request).not.toMatch(/^ +at |PL0001/m);
        expect([request, await run(stack.url, ...result.argv)]).toMatchObject([request, { code: 0 }]);
      });
    },
  );
});
