import { readSshKey, type SshKey } from '../key-line.ts';
import type { Change } from '../ldap/client.ts';

/** Changes of altSecurityIdentities, how they are told, and what is left that nodes or this function do not take. */
export interface KeyChanges {
  readonly changes: readonly Change[];
  readonly words: readonly string[];
  readonly notes: readonly string[];
}

const ATTRIBUTE = 'altSecurityIdentities';
/** What looks like a key. Mappings of certificates and of Kerberos are not this function's. */
const LIKE_A_KEY = /^\s*(ssh|ecdsa|sk-ssh|sk-ecdsa)-/;

/** What makes somebody's keys these. Another comment is no other key. */
export function keyChanges(name: string, wanted: readonly string[], have: readonly string[]): KeyChanges {
  const keys = have.map((value) => ({ value, key: readSshKey(value) }));
  const known = keys.filter((one): one is { value: string; key: SshKey } => typeof one.key !== 'string');
  const keep = new Set(wanted.map((line) => (readSshKey(line) as SshKey).id));
  const gone = known.filter(({ key }) => !keep.has(key.id));
  const has = new Set(known.map(({ key }) => key.id));
  const come = wanted.map((line) => readSshKey(line) as SshKey).filter(({ id }) => !has.has(id));
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
      typeof key === 'string' && LIKE_A_KEY.test(value) ? [`${name} has a key that ${key}; it is left as it is.`] : [],
    ),
  };
}

/** The keys among the values, as a document lists them. */
export function keysAmong(identities: readonly string[]): readonly string[] {
  const keys = identities.map(readSshKey).filter((key): key is SshKey => typeof key !== 'string');
  return [...new Map(keys.map(({ id, line }) => [id, line])).values()];
}
