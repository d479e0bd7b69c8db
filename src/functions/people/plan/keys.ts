import { type PublicKey, readPublicKey } from '../../lib/public-key.ts';
import type { Change } from '../ldap/client.ts';

/** Changes of altSecurityIdentities, how they are told, and notes about keys that stay although nodes do not take them. */
export interface KeyChanges {
  readonly changes: readonly Change[];
  readonly words: readonly string[];
  readonly notes: readonly string[];
}

const ATTRIBUTE = 'altSecurityIdentities';
/** What looks like a key. Mappings of certificates and of Kerberos are not this function's. */
const LIKE_A_KEY = /^\s*(ssh|ecdsa|sk-ssh|sk-ecdsa)-/;

/** The changes after which somebody has exactly the wanted keys. A key with another comment is the same key. */
export function keyChanges(name: string, wanted: readonly string[], have: readonly string[]): KeyChanges {
  const keys = have.map((value) => ({ value, key: readPublicKey(value) }));
  const known = keys.filter((one): one is { value: string; key: PublicKey } => !('fault' in one.key));
  const wish = wanted.map((line) => readPublicKey(line) as PublicKey);
  const keep = new Set(wish.map(({ id }) => id));
  const gone = known.filter(({ key }) => !keep.has(key.id));
  const has = new Set(known.map(({ key }) => key.id));
  const come = wish.filter(({ id }) => !has.has(id));
  const changes: Change[] = [];
  if (gone.length > 0) changes.push(['delete', ATTRIBUTE, gone.map(({ value }) => value)]);
  if (come.length > 0) changes.push(['add', ATTRIBUTE, come.map(({ line }) => line)]);
  return {
    changes,
    words: [
      ...gone.map(({ key }) => `take the key ${key.fingerprint} from ${name}`),
      ...come.map(({ fingerprint }) => `give ${name} the key ${fingerprint}`),
    ],
    notes: keys.flatMap(({ value, key }) =>
      'fault' in key && LIKE_A_KEY.test(value) ? [`${name} has a key that ${key.fault}; it is left as it is.`] : [],
    ),
  };
}

/** The keys among the values, as a document lists them. */
export function keysAmong(identities: readonly string[]): readonly string[] {
  const keys = identities.map(readPublicKey).filter((key): key is PublicKey => !('fault' in key));
  return [...new Map(keys.map(({ id, line }) => [id, line])).values()];
}
