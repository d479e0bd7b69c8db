import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { assetsOf, copiesOf } from '../support/assets.ts';
import type { Fate, SeenRequest } from '../support/fault-proxy.ts';
import { hasPython } from '../support/python-tools.ts';
import { type Asked, type Copying, startCopying } from './copying.ts';

const ASSETS = assetsOf({ 'on_init_complete.sh': 'echo 1\n', 'lib/a.py': 'a\n', 'lib/b.py': 'b\n' });
const ENTRY = 'lifecycle-scripts/on_init_complete.sh';
const CREATE: Asked = { type: 'Create', assetsSha256: ASSETS.sha256 };
const DELETE: Asked = { type: 'Delete', assetsSha256: ASSETS.sha256 };

// A creation that fails is rolled back at once, by a Delete that Lambda gives to the same process: what the copy left
// undone would go on there, and a bucket that is not empty cannot be deleted.
describe.skipIf(!hasPython())('the copy function, rolled back in the process that copied', () => {
  let copying: Copying;
  beforeAll(async () => {
    copying = await startCopying();
  });
  afterAll(() => copying?.stop());
  beforeEach(async () => {
    await copying.reset();
    copying.stack.status = 'ROLLBACK_IN_PROGRESS';
  });

  /** S3 takes this long for a write, in ms. */
  const slowWrites = (delay: number) => {
    copying.s3.decide = async (_, { method }: SeenRequest): Promise<Fate> => {
      if (method === 'PUT') await sleep(delay);
      return 'pass';
    };
  };
  const rollBack = async (options: { linger?: number; remaining?: number } = {}) => {
    const before = copying.answers.received.length;
    await copying.start([CREATE, DELETE], options).ended;
    return copying.answers.received.slice(before).map(({ Status }) => Status);
  };

  test('a file was corrupted while others were under way', async () => {
    await copying.publish(ASSETS, { [ENTRY]: 'corrupted' });
    slowWrites(1_500);
    expect(await rollBack({ linger: 2_500 })).toEqual(['FAILED', 'SUCCESS']);
    expect(await copying.copies()).toEqual({});
  });

  test('the time was out', async () => {
    await copying.publish(ASSETS);
    slowWrites(5_000);
    expect(await rollBack({ remaining: 18_000, linger: 6_000 })).toEqual(['FAILED', 'SUCCESS']);
    // All but the list, which comes last.
    const begun = Object.keys(copiesOf(ASSETS)).length - 1;
    expect(copying.s3.seen.filter(({ method }) => method === 'PUT')).toHaveLength(begun);
    expect(await copying.copies()).toEqual({});
  });

  test('something else failed, while its role was too new to be known everywhere and another run was writing', async () => {
    await copying.publish(ASSETS);
    const refused = new Set<string>();
    copying.s3.decide = (_, { method }) => {
      if (refused.has(method)) return 'pass';
      refused.add(method);
      return method === 'PUT' ? 409 : 403;
    };
    expect(await rollBack()).toEqual(['SUCCESS', 'SUCCESS']);
    expect(refused).toEqual(new Set(['GET', 'PUT', 'POST']));
    expect(await copying.copies()).toEqual({});
  });
});
