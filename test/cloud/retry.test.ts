import { expect, test } from 'vitest';
import { withRetries } from '../../src/cloud/retry.ts';

/** Fails as often as it is told to, and counts. */
function failing(times: number) {
  let tried = 0;
  return {
    tried: () => tried,
    act: async () => {
      tried++;
      if (tried <= times) throw new Error(`failure ${tried}`);
      return 'done';
    },
  };
}

test('what fails and then succeeds', async () => {
  const { act, tried } = failing(2);
  expect(await withRetries(act, { attempts: 3, pause: 1, mayPass: () => true })).toBe('done');
  expect(tried()).toBe(3);
});

test('the last failure is thrown, also where waiting is of no use', async () => {
  const often = failing(9);
  await expect(withRetries(often.act, { attempts: 3, pause: 1, mayPass: () => true })).rejects.toThrow('failure 3');
  const once = failing(9);
  await expect(withRetries(once.act, { attempts: 3, pause: 1, mayPass: () => false })).rejects.toThrow('failure 1');
  expect([often.tried(), once.tried()]).toEqual([3, 1]);
});
