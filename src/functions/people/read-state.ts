import type { DirectoryPlace } from '../lib/directory-place.ts';
import { sameName } from '../lib/same-name.ts';
import {
  BIND_MARK,
  type DirectoryState,
  type FoundAccount,
  type FoundGroup,
  type FoundPolicy,
  PERSON_MARK,
} from './directory-state.ts';
import type { Ldap } from './ldap/client.ts';
import { firstTextOf, guidOf, type LdapEntry, textsOf } from './ldap/entry.ts';
import { anyOf, equal } from './ldap/filter.ts';
import { isResult, RESULT } from './ldap/result.ts';
import { BIND_POLICY, PEOPLE_POLICY, UNCHANGED_POLICY } from './plan/plan-policies.ts';

const ATTRIBUTES = [
  ...['objectClass', 'objectGUID', 'sAMAccountName', 'userAccountControl', 'pwdLastSet', 'adminCount'],
  ...['adminDescription', 'altSecurityIdentities', 'memberOf'],
];
const SETTINGS = { ...UNCHANGED_POLICY, ...PEOPLE_POLICY, ...BIND_POLICY };
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
  const found = readPolicies(ldap, place);
  // All of them at once: one that nobody waits for yet would end the process when the connection breaks.
  const [policies, units, ...entries] = await Promise.all([found, organization, marked, ...parts]);

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
  return { units: new Set(units.map(({ dn }) => dn.toLowerCase())), accounts, groups, others, policies };
}

/** The policies of passwords, as far as Admin may see them. */
async function readPolicies(ldap: Ldap, { base }: DirectoryPlace): Promise<readonly FoundPolicy[]> {
  const container = `CN=Password Settings Container,CN=System,${base}`;
  const attributes = ['cn', 'msDS-PasswordSettingsPrecedence', 'msDS-PSOAppliesTo', ...Object.keys(SETTINGS)];
  const search = ldap.search(container, 'one', equal('objectClass', 'msDS-PasswordSettings'), attributes);
  const entries = await search.catch((thrown) => {
    if (isResult(thrown, RESULT.noSuchObject, RESULT.insufficientRights)) return [];
    throw thrown;
  });
  return entries.map((entry) => ({
    dn: entry.dn,
    name: firstTextOf(entry, 'cn') ?? '',
    precedence: Number(firstTextOf(entry, 'msDS-PasswordSettingsPrecedence')),
    settings: new Map([...entry.values].map(([name, [value]]) => [name, value?.toString() ?? ''])),
    appliesTo: textsOf(entry, 'msDS-PSOAppliesTo').map((dn) => dn.toLowerCase()),
  }));
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
