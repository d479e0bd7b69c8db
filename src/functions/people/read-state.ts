import type { DirectoryPlace } from '../lib/directory-place.ts';
import { sameName } from '../lib/same-name.ts';
import { BIND_MARK, type DirectoryState, type FoundAccount, type FoundGroup, PERSON_MARK } from './directory-state.ts';
import type { Ldap } from './ldap/client.ts';
import { firstTextOf, guidOf, type LdapEntry, textsOf } from './ldap/entry.ts';
import { anyOf, equal } from './ldap/filter.ts';

const ATTRIBUTES = [
  ...['objectClass', 'objectGUID', 'sAMAccountName', 'userAccountControl', 'pwdLastSet', 'adminCount'],
  ...['adminDescription', 'altSecurityIdentities', 'memberOf'],
];
/** Names that one search asks for. */
const AT_ONCE = 100;

/** What carries podlaunch's marks, and whatever has one of these names, anywhere in the domain. */
export async function readState(ldap: Ldap, place: DirectoryPlace, names: readonly string[]): Promise<DirectoryState> {
  const marked = ldap.search(
    place.root,
    'sub',
    anyOf(equal('adminDescription', PERSON_MARK), equal('adminDescription', BIND_MARK)),
    ATTRIBUTES,
  );
  const parts = Array.from({ length: Math.ceil(names.length / AT_ONCE) }, (_, part) => {
    const filters = names.slice(part * AT_ONCE, (part + 1) * AT_ONCE).map((name) => equal('sAMAccountName', name));
    return ldap.search(place.base, 'sub', anyOf(...filters), ATTRIBUTES);
  });
  const organization = ldap.search(place.root, 'one', equal('objectClass', 'organizationalUnit'), ['ou']);
  // All of them at once: one that nobody waits for yet would end the process when the connection breaks.
  const [units, ...entries] = await Promise.all([organization, marked, ...parts]);

  const accounts = new Map<string, FoundAccount>();
  const groups = new Map<string, FoundGroup>();
  const others = new Set<string>();
  for (const entry of entries.flat()) {
    const name = firstTextOf(entry, 'sAMAccountName');
    if (name === undefined) continue;
    const classes = textsOf(entry, 'objectClass');
    if (classes.includes('group')) groups.set(sameName(name), groupFrom(entry, name));
    else if (classes.includes('user') && !classes.includes('computer')) {
      accounts.set(sameName(name), accountFrom(entry, name));
    } else others.add(sameName(name));
  }
  return { units: new Set(units.map(({ dn }) => dn.toLowerCase())), accounts, groups, others };
}

function groupFrom(entry: LdapEntry, name: string): FoundGroup {
  const mark = firstTextOf(entry, 'adminDescription') ?? '';
  return { dn: entry.dn, name, guid: guidOf(entry), mark, isProtected: firstTextOf(entry, 'adminCount') === '1' };
}

function accountFrom(entry: LdapEntry, name: string): FoundAccount {
  return {
    ...groupFrom(entry, name),
    flags: Number(firstTextOf(entry, 'userAccountControl') ?? '0'),
    hasPassword: !['0', undefined].includes(firstTextOf(entry, 'pwdLastSet')),
    identities: textsOf(entry, 'altSecurityIdentities'),
    memberOf: textsOf(entry, 'memberOf').map((dn) => dn.toLowerCase()),
  };
}
