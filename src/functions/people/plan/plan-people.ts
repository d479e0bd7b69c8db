import { type DirectoryPlace, dnOf } from '../../lib/directory-place.ts';
import { sameName } from '../../lib/same-name.ts';
import { type DirectoryState, FLAGS, PERSON_MARK } from '../directory-state.ts';
import type { PeopleDocument } from '../people-document.ts';
import type { Deletion } from '../requests.ts';
import { disable } from './account-acts.ts';
import type { Planned } from './act.ts';
import { Members } from './members.ts';
import { planAccount } from './plan-account.ts';
import { type OwnedGroup, planGroups } from './plan-groups.ts';

/** What a plan is made of: the document, the accounts to delete, and the groups whose members are root of the cluster. */
export interface WantedPeople {
  readonly document: PeopleDocument;
  readonly deletions: readonly Deletion[];
  readonly sudoGroups: readonly string[];
}

/**
 * What makes the directory as the document says, for groups and people. People who are no longer in it are disabled and
 * taken out of the groups; nobody is deleted. What does not carry podlaunch's mark is touched only where the document names
 * its objectGUID. Gives podlaunch's groups, those that are still to be made among them.
 */
export function planPeople(
  wanted: WantedPeople,
  now: DirectoryState,
  place: DirectoryPlace,
  planned: Planned,
): readonly OwnedGroup[] {
  const groups = planGroups(wanted.document.groups, now, place, planned);
  const members = new Members();
  const sudo = new Set(wanted.sudoGroups.map(sameName));
  const isSudo = (group: OwnedGroup) => sudo.has(sameName(group.name));
  const into = (group: OwnedGroup, name: string) =>
    `put ${name} into ${group.name}${isSudo(group) ? ', whose members are root of the cluster' : ''}`;

  const listed = new Set(wanted.document.people.map(({ name }) => sameName(name)));
  for (const person of wanted.document.people) {
    const have = planAccount(person, now, place, planned);
    if (have === 'in the way') continue;
    const dn = have?.dn ?? dnOf(place, 'Users', person.name);
    const inGroups = new Set(person.groups.map(sameName));
    const comesBack = person.state === 'enabled' && have !== undefined && (have.flags & FLAGS.disabled) !== 0;
    for (const group of groups) {
      const isIn = have?.memberOf.includes(group.dn.toLowerCase()) ?? false;
      const belongs = inGroups.has(sameName(group.name));
      if (belongs && isSudo(group) && (comesBack || !isIn)) {
        planned.administrators.push(`${person.name} (${group.name})`);
      }
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
  return groups;
}

/** Deletes only people who were removed before. For somebody who is gone already there is nothing to do. */
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
