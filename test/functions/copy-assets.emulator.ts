import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sha256 } from '../../src/files/sha256.ts';
import { SECRET } from '../support/answers.ts';
import { assetsOf, copiesOf } from '../support/assets.ts';
import type { SeenRequest } from '../support/fault-proxy.ts';
import { hasPython } from '../support/python-tools.ts';
import { BUCKET, type Copying, startCopying } from './copying.ts';

const scripts = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`lib/part${i}.py`, `print(${i})\n`]));
const FIRST = assetsOf({ 'on_init_complete.sh': '#!/usr/bin/env bash\necho 1\n', ...scripts });
const SECOND = assetsOf({ 'on_init_complete.sh': '#!/usr/bin/env bash\necho 2\n', ...scripts });
const SMALL = assetsOf({ 'on_init_complete.sh': '#!/usr/bin/env bash\necho 1\n', 'lib/part.py': 'print()\n' });
const ENTRY = 'lifecycle-scripts/on_init_complete.sh';

const isWrite = ({ method, url }: SeenRequest) => method === 'PUT' && url.startsWith(`/${BUCKET}/`);

// moto knows neither IAM's delays nor a bucket in another region, and checks no signature.
describe.skipIf(!hasPython())('the copy function', () => {
  let copying: Copying;
  beforeAll(async () => {
    copying = await startCopying();
  });
  afterAll(() => copying?.stop());
  beforeEach(() => copying.reset());

  test('copies every file under the hash of the list, signed, and answers once', async () => {
    await copying.publish(FIRST);
    const { code, log, answer } = await copying.run({ type: 'Create', assetsSha256: FIRST.sha256 });
    expect(answer).toEqual({
      Status: 'SUCCESS',
      PhysicalResourceId: 'podlaunch-assets',
      StackId: expect.stringContaining(':stack/prerequisites/'),
      RequestId: 'request-1',
      LogicalResourceId: 'Assets',
      Data: {},
    });
    expect(code).toBe(0);
    expect(log).not.toContain(SECRET);
    expect(await copying.copies()).toEqual(copiesOf(FIRST));
    expect(copying.s3.seen.every(({ signed }) => signed)).toBe(true);
  });

  test('a second run writes nothing, and an update leaves the old scripts beside the new', async () => {
    await copying.publish(FIRST);
    await copying.run({ type: 'Create', assetsSha256: FIRST.sha256 });
    await copying.run({ type: 'Update', assetsSha256: FIRST.sha256 });
    await copying.publish(SECOND);
    const { answer } = await copying.run({ type: 'Update', assetsSha256: SECOND.sha256 });
    expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'podlaunch-assets' });
    expect(await copying.copies()).toEqual({ ...copiesOf(FIRST), ...copiesOf(SECOND) });
    const versions = await copying.request('GET', `${BUCKET}?versions`);
    expect(versions.match(/<Version>/g)).toHaveLength(FIRST.files.length + SECOND.files.length + 4);
  });

  test('the rollback of an update asks nothing of a release that may be gone', async () => {
    copying.stack.status = 'UPDATE_ROLLBACK_IN_PROGRESS';
    const { answer } = await copying.run({ type: 'Update', assetsSha256: FIRST.sha256 });
    expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'podlaunch-assets' });
    expect(copying.s3.seen).toEqual([]);
  });

  test.each([
    ['a corrupted file', { [ENTRY]: 'rm -rf /\n' }, ENTRY, /not the file that assets.json lists.*publish the release/],
    ['a missing file', { [ENTRY]: undefined }, ENTRY, /Cannot read .*NoSuchKey.*release is complete/],
    ['another list', { 'assets.json': SECOND.json }, 'assets.json', /not the list this template.*one release/],
    ['no list', { 'assets.json': undefined }, 'assets.json', /Cannot read .*NoSuchKey.*release is complete/],
  ])('%s fails, and the reason says which and what to do', async (_, changed, path, advice) => {
    await copying.publish(FIRST, changed);
    const { code, log, answer } = await copying.run({ type: 'Create', assetsSha256: FIRST.sha256 });
    expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'podlaunch-assets' });
    expect(answer.Reason).toContain(`s3://releases/release/${path}`);
    expect(answer.Reason).toMatch(advice);
    expect(answer.Reason).toContain('(Log: copy-logs run-1)');
    expect(code).toBe(0);
    expect(log).not.toContain(SECRET);
    expect(await copying.copies()).not.toHaveProperty([`${FIRST.sha256}/${path}`]);
  });

  test('a copy that somebody changed is refused, not taken for the release', async () => {
    await copying.publish(FIRST);
    await copying.request('PUT', `${BUCKET}/${FIRST.sha256}/${ENTRY}`, 'rm -rf /\n');
    const { answer } = await copying.run({ type: 'Create', assetsSha256: FIRST.sha256 });
    expect(answer.Status).toBe('FAILED');
    expect(answer.Reason).toContain(`s3://${BUCKET}/${FIRST.sha256}/${ENTRY}`);
    expect(await copying.request('GET', `${BUCKET}/${FIRST.sha256}/${ENTRY}`)).toBe('rm -rf /\n');
  });

  test.each(['../x', 'a//b', '/etc/passwd', 'a/./b', 'a\\b', 'a\nb'])(
    'a list with the path %j is refused',
    async (path) => {
      const files = [{ path, sha256: sha256('x'), size: 1 }];
      const json = JSON.stringify({ schemaVersion: 1, files });
      await copying.publish({ files: [], json, sha256: sha256(json) });
      const { answer } = await copying.run({ type: 'Create', assetsSha256: sha256(json) });
      expect(answer.Status).toBe('FAILED');
      expect(answer.Reason).toContain(JSON.stringify(path));
      expect(await copying.copies()).toEqual({});
    },
  );

  test('killed at any request, it ends right when it is run again', async () => {
    const requests = 1 + 2 * Object.keys(copiesOf(SMALL)).length;
    for (let last = 1; last <= requests; last++) {
      await copying.reset();
      await copying.publish(SMALL);
      const reached = new Promise<void>((done) => {
        copying.s3.decide = async (number) => {
          if (number === last) done();
          return number < last ? ('pass' as const) : new Promise(() => {});
        };
      });
      const run = copying.start({ type: 'Create', assetsSha256: SMALL.sha256 });
      await reached;
      run.kill();
      expect((await run.ended).code).toBe(null);
      copying.s3.reset();
      const { answer } = await copying.run({ type: 'Create', assetsSha256: SMALL.sha256 });
      expect(answer.Status, `killed at request ${last}`).toBe('SUCCESS');
      expect(await copying.copies()).toEqual(copiesOf(SMALL));
    }
  });

  test('two runs at once end with the same whole copy', async () => {
    await copying.publish(FIRST);
    const asked = { type: 'Create', assetsSha256: FIRST.sha256 } as const;
    const runs = await Promise.all([copying.start(asked).ended, copying.start(asked).ended]);
    expect(runs.map(({ code }) => code)).toEqual([0, 0]);
    expect(copying.answers.received.slice(-2).map(({ Status }) => Status)).toEqual(['SUCCESS', 'SUCCESS']);
    expect(await copying.copies()).toEqual(copiesOf(FIRST));
  });

  test('a faulty network is tried again: connections that break, answers that get lost, 503', async () => {
    await copying.publish(FIRST);
    copying.s3.decide = (number) => (['cut', 'loseAnswer', 503] as const)[number % 11] ?? 'pass';
    const { answer } = await copying.run({ type: 'Create', assetsSha256: FIRST.sha256 });
    expect(answer.Status).toBe('SUCCESS');
    expect(await copying.copies()).toEqual(copiesOf(FIRST));
  });

  test('when its time runs out it says so itself', async () => {
    await copying.publish(FIRST);
    copying.s3.decide = (_, seen) => (isWrite(seen) ? new Promise(() => {}) : 'pass');
    const asked = { type: 'Create', assetsSha256: FIRST.sha256 } as const;
    const { answer } = await copying.run(asked, { remaining: 18_000 });
    expect(answer.Status).toBe('FAILED');
    expect(answer.Reason).toMatch(/^It took longer than 3 seconds[.] Try again: what is copied stays/);
  });

  test('a reason keeps to what CloudFormation takes, however long a path is', async () => {
    const path = `${'é'.repeat(4000)}/..`;
    const json = JSON.stringify({ schemaVersion: 1, files: [{ path, sha256: sha256('x'), size: 1 }] });
    await copying.publish({ files: [], json, sha256: sha256(json) });
    const { answer } = await copying.run({ type: 'Create', assetsSha256: sha256(json) });
    expect(answer.Status).toBe('FAILED');
    expect(answer.Reason).not.toContain('\ufffd');
    expect(copying.answers.sizes.at(-1)).toBeLessThanOrEqual(4096);
  });

  test('an answer that is turned down is given again, and its URL stays out of the log', async () => {
    await copying.publish(FIRST);
    copying.answers.refuse = 2;
    const { log, answer } = await copying.run({ type: 'Create', assetsSha256: FIRST.sha256 });
    expect(answer.Status).toBe('SUCCESS');
    expect(log).toContain('HTTP 403');
    expect(log).not.toContain(SECRET);
    expect(log).not.toContain(copying.answers.url.slice(0, -SECRET.length));
  });

  test('delete: every version and every delete marker goes, over more than one page', async () => {
    const keys = Array.from({ length: 600 }, (_, i) => `${FIRST.sha256}/file-${i}`);
    for (let i = 0; i < keys.length; i += 50) {
      const some = keys.slice(i, i + 50);
      await Promise.all(some.map((key) => copying.request('PUT', `${BUCKET}/${key}`, 'x')));
      await Promise.all(some.map((key) => copying.request('DELETE', `${BUCKET}/${key}`)));
    }
    copying.stack.status = 'DELETE_IN_PROGRESS';
    const { answer } = await copying.run({ type: 'Delete', assetsSha256: FIRST.sha256 });
    expect(answer.Status).toBe('SUCCESS');
    expect(copying.s3.seen.filter(({ url }) => url.includes('versions')).length).toBeGreaterThan(2);
    expect(await copying.request('GET', `${BUCKET}?versions`)).not.toMatch(/<(Version|DeleteMarker)>/);
    await copying.request('DELETE', BUCKET);
  });

  test.each([
    ['ROLLBACK_IN_PROGRESS', 0],
    ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', Object.keys(copiesOf(FIRST)).length],
    ['UPDATE_ROLLBACK_IN_PROGRESS', Object.keys(copiesOf(FIRST)).length],
    ['UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', Object.keys(copiesOf(FIRST)).length],
  ])('delete of the resource during %s leaves %d objects', async (status, left) => {
    await copying.publish(FIRST);
    await copying.run({ type: 'Create', assetsSha256: FIRST.sha256 });
    copying.stack.status = status;
    const { answer } = await copying.run({ type: 'Delete', assetsSha256: FIRST.sha256 });
    expect(answer.Status).toBe('SUCCESS');
    expect(Object.keys(await copying.copies())).toHaveLength(left);
  });

  test('delete of a bucket that is gone already succeeds', async () => {
    await copying.request('DELETE', BUCKET);
    copying.stack.status = 'DELETE_IN_PROGRESS';
    const { answer } = await copying.run({ type: 'Delete', assetsSha256: FIRST.sha256 });
    expect(answer.Status).toBe('SUCCESS');
  });
});
