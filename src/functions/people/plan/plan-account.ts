import { type DirectoryPlace, dnOf } from '../../lib/directory-place.ts';
import { readPublicKey } from '../../lib/public-key.ts';
import { sameName } from '../../lib/same-name.ts';
import { BIND_MARK, type DirectoryState, FLAGS, type FoundAccount, PERSON_MARK } from '../directory-state.ts';
import type { Change } from '../ldap/client.ts';
import type { ListedPerson } from '../people-document.ts';
import { disable, enable, firstPassword } from './account-acts.ts';
import type { Act, Planned } from './act.ts';
import { keyChanges } from './keys.ts';

/** The account of a listed person: as it is, undefined where it is made, or what is in the way of it. */
export function planAccount(
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
    if (state === 'enabled') planned.acts.push(firstPassword(name));
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
    const flags = have.flags & ~FLAGS.disabled;
    // Who was disabled comes back with the password of before.
    if (have.hasPassword) planned.acts.push(enable(have.dn, flags, [`enable ${name}`]));
    else planned.acts.push(firstPassword(name, [`enable ${name}`]));
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
