import { readPublicKey } from '../../lib/public-key.ts';
import { sameName } from '../../lib/same-name.ts';
import {
  BIND_MARK,
  type DirectoryPlace,
  type DirectoryState,
  dnOf,
  FLAGS,
  type FoundAccount,
  PERSON_MARK,
} from '../directory-state.ts';
import type { Change } from '../ldap/client.ts';
import type { ListedPerson, PeopleDocument } from '../people-document.ts';
import type { Deletion } from '../requests.ts';
import type { Act } from './act.ts';
import { keyChanges } from './keys.ts';
import { Members } from './members.ts';
import { type OwnedGroup, planGroups } from './plan-groups.ts';

/** What a plan is made of: the document, whose accounts are deleted, and the groups whose members are root of the cluster. */
export interface WantedPeople {
  readonly document: PeopleDocument;
  readonly deletions: readonly Deletion[];
  readonly sudoGroups: readonly string[];
}

/** Collects what is to be done. */
export interface Planned {
  readonly acts: Act[];
  readonly problems: string[];
  readonly notes: string[];
}

/**
 * What makes the directory as the document says, for groups and people. Who is not in it any more is disabled and taken
 * out of the groups; nobody is deleted. What does not carry podlaunch's mark is touched only where the document names its
 * objectGUID.
 */
export function planPeople(wanted: WantedPeople, now: DirectoryState, place: DirectoryPlace, planned: Planned): void {
  const groups = planGroups(wanted.document.groups, now, place, planned);
  const members = new Members();
  const sudo = new Set(wanted.sudoGroups.map(sameName));
  const into = (group: OwnedGroup, name: string) =>
    `put ${name} into ${group.name}${sudo.has(sameName(group.name)) ? ', whose members are root of the cluster' : ''}`;

  const listed = new Set(wanted.document.people.map(({ name }) => sameName(name)));
  for (const person of wanted.document.people) {
    const have = planAccount(person, now, place, planned);
    if (have === 'in the way') continue;
    const dn = have?.dn ?? dnOf(place, 'Users', person.name);
    const inGroups = new Set(person.groups.map(sameName));
    for (const group of groups) {
      const isIn = have?.memberOf.includes(group.dn.toLowerCase()) ?? false;
      const belongs = inGroups.has(sameName(group.name));
      if (belongs && !isIn) members.move('add', group.dn, dn, into(group, person.name));
      if (!belongs && isIn) members.move('delete', group.dn, dn, `take ${person.name} out of ${group.name}`);
    }
  }
  for (const account of now.accounts.values()) {
    if (account.mark !== PERSON_MARK || account.isProtected || listed.has(sameName(account.name))) continue;
    if (!(account.flags & FLAGS.disabled)) planned.acts.push(disable(account));
    for (const group of groups) {
      if (!account.memberOf.includes(group.dn.toLowerCase())) continue;
      members.move('delete', group.dn, account.dn, `take ${account.name} out of ${group.name}`);
    }
  }
  planned.acts.push(...members.acts());
  for (const deletion of wanted.deletions) planDeletion(deletion, now, planned);
}

/** Only who was removed before is deleted. Who is gone already is. */
function planDeletion({ name, objectGUID }: Deletion, now: DirectoryState, planned: Planned): void {
  const have = now.accounts.get(sameName(name));
  if (have?.guid !== objectGUID) return;
  if (have.mark !== PERSON_MARK || have.isProtected) {
    planned.problems.push(`${name}: podlaunch did not make this account, and does not delete it.`);
  } else if (!(have.flags & FLAGS.disabled)) {
    planned.problems.push(`${name}: is enabled. Remove ${name} first.`);
  } else {
    planned.acts.push({
      phase: 'delete',
      words: [`delete the account of ${name} for ever`],
      operation: { kind: 'delete', dn: have.dn },
    });
  }
}

/** The account of a listed person: as it is, undefined where it is made, or what is in the way of it. */
function planAccount(
  person: ListedPerson,
  now: DirectoryState,
  place: DirectoryPlace,
  planned: Planned,
): FoundAccount | undefined | 'in the way' {
  const { name, keys, state, objectGUID } = person;
  const have = now.accounts.get(sameName(name));
  const fault = faultOf(person, have, now);
  if (fault !== undefined) {
    planned.problems.push(`${name}: ${fault}`);
    return 'in the way';
  }
  if (!have) {
    planned.acts.push(make(person, place));
    if (state === 'enabled') planned.acts.push(...firstPassword(name, dnOf(place, 'Users', name), FLAGS.normal));
    return undefined;
  }
  const changes: Change[] = [];
  const words: string[] = [];
  if (have.mark !== PERSON_MARK) {
    changes.push(['replace', 'adminDescription', [PERSON_MARK]]);
    words.push(`take over ${name} (objectGUID ${objectGUID})`);
  }
  const ofKeys = keyChanges(name, keys, have.identities);
  changes.push(...ofKeys.changes);
  words.push(...ofKeys.words);
  planned.notes.push(...ofKeys.notes);
  if (changes.length > 0) {
    planned.acts.push({ phase: 'change', words, operation: { kind: 'modify', dn: have.dn, changes } });
  }
  const isDisabled = (have.flags & FLAGS.disabled) !== 0;
  if (state === 'disabled' && !isDisabled) planned.acts.push(disable(have));
  if (state === 'enabled' && isDisabled) {
    const acts = firstPassword(name, have.dn, have.flags & ~FLAGS.disabled);
    // Who was disabled comes back with the password of before.
    planned.acts.push(...(have.hasPassword ? [{ ...acts[1]!, words: [`enable ${name}`] }] : acts));
  }
  return have;
}

function faultOf({ name, objectGUID }: ListedPerson, have: FoundAccount | undefined, now: DirectoryState) {
  if (now.groups.has(sameName(name)) || now.others.has(sameName(name))) {
    return 'a group or a computer of the directory has this name.';
  }
  if (!have) {
    return objectGUID === undefined ? undefined : `no account has this name, and so none the objectGUID ${objectGUID}.`;
  }
  if (have.isProtected) return 'is or was an administrator of the domain (adminCount), and is left alone.';
  if (objectGUID !== undefined && objectGUID !== have.guid)
    return `has the objectGUID ${have.guid}, not ${objectGUID}.`;
  if (have.mark === BIND_MARK) return 'is an account that nodes search with, and not a person.';
  if (have.mark === PERSON_MARK || objectGUID !== undefined) return undefined;
  return `exists, and podlaunch did not make it. To take it over, give its objectGUID: ${have.guid}`;
}

/** A new account is disabled, with all that it is to have: it comes into force in one step. */
function make({ name, keys, state }: ListedPerson, place: DirectoryPlace): Act {
  const prints = keys.map((line) => readPublicKey(line)).flatMap((key) => ('fault' in key ? [] : key.fingerprint));
  const has =
    prints.length > 0 ? ` with the key${prints.length > 1 ? 's' : ''} ${prints.join(', ')}` : ' without a key';
  const attributes = {
    objectClass: ['user'],
    sAMAccountName: [name],
    userPrincipalName: [`${name}@${place.domain}`],
    userAccountControl: [String(FLAGS.normal | FLAGS.disabled)],
    adminDescription: [PERSON_MARK],
    ...(keys.length > 0 && { altSecurityIdentities: keys }),
  };
  const words = [`make ${name}${state === 'disabled' ? ', disabled,' : ''}${has}`];
  return { phase: 'make', words, operation: { kind: 'add', dn: dnOf(place, 'Users', name), attributes } };
}

/** Enables an account that never had a password: Active Directory demands that it gets one. Nobody knows it. */
export function firstPassword(name: string, dn: string, flags: number): readonly Act[] {
  return [
    { phase: 'passwords', words: [], operation: { kind: 'password', name } },
    { phase: 'enable', words: [], operation: { kind: 'modify', dn, changes: [flagsAre(flags)] } },
  ];
}

function disable({ name, dn, flags }: FoundAccount): Act {
  const changes = [flagsAre(flags | FLAGS.disabled)];
  return { phase: 'change', words: [`disable ${name}`], operation: { kind: 'modify', dn, changes } };
}

export function flagsAre(flags: number): Change {
  return ['replace', 'userAccountControl', [String(flags)]];
}
