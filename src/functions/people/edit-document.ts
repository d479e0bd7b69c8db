import { Fault } from '../lib/fault.ts';
import { type PublicKey, readPublicKey } from '../lib/public-key.ts';
import { sameName } from '../lib/same-name.ts';
import type { ListedPerson, PeopleDocument } from './people-document.ts';

/** A change of one person, for who does not want to write a document. */
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
 * The document after an edit. The same edit again changes nothing more. `add` also brings back who was removed, and
 * makes groups that are not there. Throws a Fault where there is nobody to edit, or no such key.
 */
export function editDocument(document: PeopleDocument, edit: Edit): PeopleDocument {
  const { name } = edit;
  const isOne = (one: { readonly name: string }) => sameName(one.name) === sameName(name);
  const person = document.people.find(isOne);
  if (edit.edit === 'add') {
    const known = new Set(document.groups.map((group) => sameName(group.name)));
    const made = edit.groups.filter((group) => !known.has(sameName(group))).map((group) => ({ name: group }));
    const groups = [...document.groups, ...made];
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
    case 'remove key': {
      const keys = person.keys.filter((line) => !isKey(keyOf(line), edit.key));
      return { keys };
    }
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
