import { type DirectoryState, FLAGS, type FoundAccount, type FoundGroup, PERSON_MARK } from './directory-state.ts';
import type { ListedPerson, PeopleDocument } from './people-document.ts';
import { keysAmong } from './plan/keys.ts';

/** The document that the directory is like: a plan that is made of it is empty. */
export function documentOf({ accounts, groups }: DirectoryState): PeopleDocument {
  const owned = [...groups.values()].filter(({ mark }) => mark === PERSON_MARK).toSorted(byName);
  const people = [...accounts.values()].filter(({ mark, isProtected }) => mark === PERSON_MARK && !isProtected);
  return {
    groups: owned.map(({ name }) => ({ name })),
    people: people.toSorted(byName).map((account) => personOf(account, owned)),
  };
}

function personOf({ name, identities, flags, memberOf }: FoundAccount, owned: readonly FoundGroup[]): ListedPerson {
  return {
    name: name.toLowerCase(),
    groups: owned.filter(({ dn }) => memberOf.includes(dn.toLowerCase())).map((group) => group.name),
    keys: keysAmong(identities),
    state: flags & FLAGS.disabled ? 'disabled' : 'enabled',
  };
}

function byName(one: { readonly name: string }, other: { readonly name: string }): number {
  return one.name < other.name ? -1 : 1;
}
