import { type DirectoryPlace, dnOf } from '../../lib/directory-place.ts';
import { sameName } from '../../lib/same-name.ts';
import { type DirectoryState, PERSON_MARK } from '../directory-state.ts';
import type { ListedGroup } from '../people-document.ts';
import type { Planned } from './act.ts';

/** A group whose members are those that the document says. */
export interface OwnedGroup {
  readonly name: string;
  readonly dn: string;
}

/** Of groupType: a security group that is known in all of the domain. */
const GLOBAL_SECURITY_GROUP = -2147483646;

/**
 * Plans the units and groups. Gives the groups whose members are planned: those that are listed, and those that podlaunch
 * made and that are listed no more; they stay, and get empty.
 */
export function planGroups(
  listed: readonly ListedGroup[],
  now: DirectoryState,
  place: DirectoryPlace,
  planned: Planned,
): readonly OwnedGroup[] {
  for (const unit of ['Users', 'Groups']) {
    const dn = `OU=${unit},${place.root}`;
    if (now.units.has(dn.toLowerCase())) continue;
    const operation = { kind: 'add', dn, attributes: { objectClass: ['organizationalUnit'] } } as const;
    planned.acts.push({ phase: 'units', words: [`make the unit ${unit}`], operation });
  }
  const names = new Set(listed.map(({ name }) => sameName(name)));
  const left = [...now.groups.values()].filter(({ name, mark }) => mark === PERSON_MARK && !names.has(sameName(name)));
  return [...listed.flatMap((group) => planGroup(group, now, place, planned)), ...left];
}

function planGroup(
  { name, objectGUID }: ListedGroup,
  now: DirectoryState,
  place: DirectoryPlace,
  planned: Planned,
): readonly OwnedGroup[] {
  const have = now.groups.get(sameName(name));
  const problem = (words: string) => {
    planned.problems.push(`${name}: ${words}`);
    return [];
  };
  if (now.accounts.has(sameName(name)) || now.others.has(sameName(name))) {
    return problem('a person or a computer of the directory has the name of this group.');
  }
  if (!have) {
    if (objectGUID !== undefined) return problem(`no group has this name, and so none the objectGUID ${objectGUID}.`);
    const dn = dnOf(place, 'Groups', name);
    planned.acts.push({
      phase: 'make',
      words: [`make the group ${name}`],
      operation: { kind: 'add', dn, attributes: newGroup(name, PERSON_MARK) },
    });
    return [{ name, dn }];
  }
  if (have.isProtected) return problem("is one of the domain's own groups (adminCount), and is left alone.");
  if (objectGUID !== undefined && objectGUID !== have.guid) {
    return problem(`has the objectGUID ${have.guid}, not ${objectGUID}.`);
  }
  if (have.mark === PERSON_MARK) return [have];
  if (objectGUID === undefined) {
    return problem(`exists, and podlaunch did not make it. To take it over, give its objectGUID: ${have.guid}`);
  }
  const changes = [['replace', 'adminDescription', [PERSON_MARK]]] as const;
  const words = [`take over the group ${name} (objectGUID ${objectGUID})`];
  planned.acts.push({ phase: 'change', words, operation: { kind: 'modify', dn: have.dn, changes } });
  return [have];
}

/** A group as it is made. */
export function newGroup(name: string, mark: string) {
  return {
    objectClass: ['group'],
    sAMAccountName: [name],
    groupType: [String(GLOBAL_SECURITY_GROUP)],
    adminDescription: [mark],
  };
}
