import { Fault } from '../lib/fault.ts';
import { type PublicKey, readPublicKey } from '../lib/public-key.ts';
import { sameName } from '../lib/same-name.ts';
import type { ListedPerson, PeopleDocument } from './people-document.ts';

/** A change of one person, for those who do not want to write a document. */
export type Edit =
  | {
      readonly edit: 'add';
      readonly name: string;
      readonly groups: readonly string[];
      readonly keys: readonly string[];
    }
  | { readonly edit: 'remove' | 'enable'; readonly name: string }
  | { readonly edit: 'add key' | 'remove key'; readonly name: string; readonly key: string };

/**
 * The document after an edit. The same edit again changes nothing more. `add` also brings back somebody who was
 * removed, and makes groups that are not there. Throws a Fault where there is nobody to edit, or no such key.
 */
export function editDocument(document: PeopleDocument, edit: Edit): PeopleDocument {
  const { name } = edit;
  const isOne = (one: { readonly name: string }) => sameName(one.name) === sameName(name);
  const person = document.people.find(isOne);
  if (edit.edit === 'add') {
    const { groups } = withGroups(document, edit.groups);
    const before: ListedPerson = person ?? { name, groups: [], keys: [], state: 'enabled' };
    const keys = edit.keys.map(keyOf);
    const added: ListedPerson = {
      ...before,
      groups: [...before.groups, ...edit.groups.filter((group) => !hasName(before.groups, group))],
      keys: [...before.keys, ...keys.filter(({ id }) => !hasKey(before, id)).map(({ line }) => line)],
      state: 'enabled',
    };
    return { groups, people: [...document.people.filter((one) => !isOne(one)), added] };
  }
  if (person === undefined) throw new Fault(`${JSON.stringify(name)} is not one of podlaunch's people.`);
  const changed = { ...person, ...changeOf(person, edit) };
  return { groups: document.groups, people: document.people.map((one) => (isOne(one) ? changed : one)) };
}

/** The document with groups of these names too. A group that it has stays as it is. */
export function withGroups({ groups, people }: PeopleDocument, names: readonly string[]): PeopleDocument {
  const known = new Set(groups.map(({ name }) => sameName(name)));
  const made = names.filter((name) => !known.has(sameName(name))).map((name) => ({ name }));
  return { groups: [...groups, ...made], people };
}

function changeOf(person: ListedPerson, edit: Exclude<Edit, { edit: 'add' }>): Partial<ListedPerson> {
  switch (edit.edit) {
    case 'remove':
      return { state: 'disabled', groups: [] };
    case 'enable':
      return { state: 'enabled' };
    case 'add key': {
      const { id, line } = keyOf(edit.key);
      return hasKey(person, id) ? {} : { keys: [...person.keys, line] };
    }
    case 'remove key':
      return { keys: person.keys.filter((line) => !isKey(keyOf(line), edit.key)) };
  }
}

/** A key is named by its line or its fingerprint. */
function isKey({ id, fingerprint }: PublicKey, named: string): boolean {
  if (named.startsWith('SHA256:')) return fingerprint === named.replace(/=+$/, '');
  return id === keyOf(named).id;
}

function keyOf(line: string): PublicKey {
  const key = readPublicKey(line);
  if ('fault' in key) throw new Fault(`The key ${key.fault}.`);
  return key;
}

function hasKey({ keys }: ListedPerson, id: string): boolean {
  return keys.some((line) => keyOf(line).id === id);
}

function hasName(names: readonly string[], name: string): boolean {
  return names.some((one) => sameName(one) === sameName(name));
}
