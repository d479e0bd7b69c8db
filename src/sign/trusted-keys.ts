import { refuse } from '../diagnostics/refusal.ts';
import { fields, isOneLine, isRecord, parseJson } from '../release/read-json.ts';
import type { Withdrawal } from '../release/withdrawal.ts';
import { publicKey } from './public-key.ts';
import type { ReleaseKey } from './release-key.ts';

/** A key as keys.json lists it. */
export interface ListedKey {
  readonly keyId: string;
  /** PEM. */
  readonly publicKey: string;
  /** When it was added, by the clock of who did. */
  readonly addedAt: string;
  /** That its signatures count no more, since when and why. */
  readonly withdrawn?: Withdrawal;
}

/** keys.json: the keys of a place, the newest first. */
export interface KeyList {
  readonly keys: readonly ListedKey[];
}

/** The keys of a place that has none. */
export const NO_KEYS: KeyList = { keys: [] };

/** A list of as many keys as anybody has is smaller. */
export const KEYS_BYTES = 65_536;

/**
 * Reads keys.json. What it does not know is left out.
 * @param place how a message names the file
 * @throws Refusal PL7105 when it is not a list of keys
 */
export function parseKeys(bytes: Uint8Array | 'larger', place: string): KeyList {
  const { keys } = fields(bytes === 'larger' ? undefined : parseJson(bytes));
  const list = Array.isArray(keys) ? keys.map(keyIn) : [undefined];
  if (!list.includes(undefined) && new Set(list.map((key) => key?.keyId)).size === list.length)
    return { keys: list as ListedKey[] };
  throw refuse({
    code: 'PL7105',
    message: `${place} is not a list of keys.`,
    hint: 'Something else wrote there, or a part of it is missing. The bucket keeps versions: restore the last good one.',
  });
}

/** What keys.json says of a key; undefined where it does not list it. */
export function listedKey({ keys }: KeyList, keyId: string): ListedKey | undefined {
  return keys.find((key) => key.keyId === keyId);
}

function keyIn(value: unknown): ListedKey | undefined {
  const { keyId, publicKey: pem, addedAt, withdrawn } = fields(value);
  if (typeof pem !== 'string' || !isOneLine(addedAt) || idOf(pem) !== keyId) return undefined;
  if (withdrawn === undefined) return { keyId: keyId as string, publicKey: pem, addedAt };
  const { at, why } = fields(withdrawn);
  if (!isRecord(withdrawn) || !isOneLine(at) || !isOneLine(why)) return undefined;
  return { keyId: keyId as string, publicKey: pem, addedAt, withdrawn: { at, why } };
}

function idOf(pem: string): string | undefined {
  try {
    return releaseKeyOf(pem).keyId;
  } catch {
    return undefined;
  }
}

/** The key that an entry of keys.json names. */
export function releaseKeyOf(pem: string): ReleaseKey {
  return publicKey(pem, 'a key of keys.json');
}
