import type { Target } from '../release/target.ts';
import type { ListedKey } from '../sign/trusted-keys.ts';
import { openReader, type Readers } from './audience/open-reader.ts';
import { readKeyList } from './read-key-list.ts';
import { moment } from './releases/moment.ts';
import { withdrawKey } from './stored-keys.ts';
import { openTarget } from './stores/open-store.ts';

/**
 * The keys that releases of a place are signed with, as its audience sees them: the newest first.
 * @throws Refusal PL7105 for a file that is none, and those of a place that cannot be read
 */
export async function listKeys(target: Target, readers: Readers): Promise<readonly ListedKey[]> {
  const reader = await openReader(target, readers);
  try {
    return (await readKeyList(reader)).keys;
  } finally {
    reader.close();
  }
}

/** How a key is withdrawn. */
export interface WithdrawKeyOptions {
  /** Account that must own the bucket. Default: none is asked for. */
  readonly expectedBucketOwner?: string;
  /** The clock of who withdraws it. Default: the machine's. */
  readonly now?: () => Date;
}

/**
 * Withdraws a key of a place: its signatures count no more.
 * @param why one line that people read
 * @throws Refusal PL7109 for a key that is not listed, PL4063 for a reason that is none, PL7105, PL4059
 */
export async function withdrawListedKey(
  keyId: string,
  why: string,
  target: Target,
  { expectedBucketOwner, now = () => new Date() }: WithdrawKeyOptions = {},
): Promise<ListedKey> {
  const { store } = await openTarget(target, expectedBucketOwner);
  try {
    return await withdrawKey(store, keyId.toLowerCase(), { at: moment(now()), why });
  } finally {
    store.close();
  }
}
