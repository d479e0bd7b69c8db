import { refuse } from '../diagnostics/refusal.ts';
import { KEYS } from '../release/layout.ts';
import type { Withdrawal } from '../release/withdrawal.ts';
import type { ReleaseKey } from '../sign/release-key.ts';
import { KEYS_BYTES, type KeyList, type ListedKey, listedKey, NO_KEYS, parseKeys } from '../sign/trusted-keys.ts';
import { checkReason } from './releases/reason.ts';
import { type ChangingFile, changeFile } from './stores/change-file.ts';
import type { Store } from './stores/store.ts';

const FILE: ChangingFile<KeyList> = { key: KEYS, empty: NO_KEYS, limit: KEYS_BYTES, parse: parseKeys };

/**
 * Lists a key in keys.json, once.
 * @throws Refusal PL7106 for a key that was withdrawn, PL7105, PL4059
 */
export async function addKey(store: Store, { keyId, pem }: ReleaseKey, addedAt: string): Promise<void> {
  const after = await changeFile(store, FILE, (before) =>
    listedKey(before, keyId) ? before : { keys: [{ keyId, publicKey: pem, addedAt }, ...before.keys] },
  );
  const { withdrawn } = listedKey(after, keyId)!;
  if (withdrawn) throw keyWithdrawn(keyId, withdrawn);
}

/**
 * Marks a key as withdrawn: its signatures count no more. That is never taken back; a new key takes its place.
 * @throws Refusal PL7109 for a key that is not listed, PL4063 for a reason that is none, PL7105, PL4059
 */
export async function withdrawKey(store: Store, keyId: string, withdrawn: Withdrawal): Promise<ListedKey> {
  checkReason(withdrawn.why, 'Say what happened to the key: --why "The laptop with it was lost."');
  const after = await changeFile(store, FILE, (before) => {
    const known = listedKey(before, keyId);
    if (!known) throw noSuchKey(store.name, keyId);
    if (known.withdrawn) return before;
    return { keys: before.keys.map((key) => (key === known ? { ...key, withdrawn } : key)) };
  });
  return listedKey(after, keyId)!;
}

/** Says that a key's signatures count no more. */
export function keyWithdrawn(keyId: string, { at, why }: Withdrawal): Error {
  return refuse({
    code: 'PL7106',
    message: `The key ${keyId} was withdrawn on ${at.slice(0, 10)}: ${why}`,
    hint: 'Sign with another key; podlaunch sign VERSION signs a release that is published already. Who launches: take the key that the publisher names now.',
  });
}

function noSuchKey(place: string, keyId: string): Error {
  return refuse({
    code: 'PL7109',
    message: `${place}/${KEYS} does not list the key ${keyId}.`,
    hint: 'podlaunch keys list shows the keys of a place.',
  });
}
