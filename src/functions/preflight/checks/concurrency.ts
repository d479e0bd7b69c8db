import type { Facts } from '../facts.ts';
import { about, doubt, quotaWords, type Remark } from '../remark.ts';
import type { Wanted } from '../wanted.ts';

/** So many functions of a launch may run at a time: what is more waits and is tried again. */
const AT_ONCE = 5;

const QUOTA = { service: 'lambda', code: 'L-B99A9384', name: 'Concurrent executions', value: 0 };

/** Whether Lambda has room for the functions of the stack. */
export function checkConcurrency({ region }: Wanted, { concurrency }: Facts): readonly Remark[] {
  return about("Lambda's concurrency", concurrency, (free) =>
    free >= AT_ONCE
      ? []
      : [
          doubt(
            `Lambda leaves ${free} runs at a time to functions that have none of their own. ${quotaWords(QUOTA, region)}.`,
          ),
        ],
  );
}
