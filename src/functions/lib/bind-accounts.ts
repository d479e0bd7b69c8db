import { type DirectoryPlace, dnOf } from './directory-place.ts';

/** The accounts that nodes search the directory with, in turn. These names are fixed here; no request and no secret gives one. */
export const BIND_ACCOUNTS = ['ReadOnly', 'ReadOnly2'] as const;

/** Which of the accounts a DN is; undefined for every other DN. A DN out of a secret chooses one, and never names one. */
export function accountOf<A extends string>(bindDn: string, accounts: readonly A[], place: DirectoryPlace) {
  return accounts.find((name) => dnOf(place, 'Users', name).toLowerCase() === bindDn.toLowerCase());
}
