import { expect, test } from 'vitest';
import { usualPause } from '../../src/deploy/watch.ts';

test('looking at a stack adds at most 3 % of its time, and never more than five seconds', () => {
  let now = 0;
  while (now < 3_600_000) {
    const pause = usualPause(now);
    expect(pause).toBeGreaterThanOrEqual(1000);
    expect(pause).toBeLessThanOrEqual(Math.max(1000, now * 0.03));
    expect(pause).toBeLessThanOrEqual(5000);
    now += pause;
  }
});
