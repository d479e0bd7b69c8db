import { Fault } from '../lib/fault.ts';
import { sameName } from '../lib/same-name.ts';
import { documentOf } from './directory-document.ts';
import type { DirectoryState } from './directory-state.ts';
import { editDocument } from './edit-document.ts';
import { type PeopleDocument, readPeopleDocument } from './people-document.ts';
import type { PeopleRequest } from './requests.ts';

/** Names that the directory must be asked for before a plan can be made. */
export function namesIn(request: PeopleRequest, reserved: readonly string[]): readonly string[] {
  if ('document' in request) {
    const { people, groups } = checked(request.document, reserved);
    return [...people, ...groups].map(({ name }) => name);
  }
  const { edits, groups = [], deletions = [] } = request;
  return [
    ...groups,
    ...edits.flatMap((edit) => [edit.name, ...('groups' in edit ? edit.groups : [])]),
    ...deletions.map(({ name }) => name),
  ];
}

/** The document that is wanted, from what the directory has. Throws a Fault with all that is wrong with it. */
export function documentIn(request: PeopleRequest, now: DirectoryState, reserved: readonly string[]): PeopleDocument {
  if ('document' in request) return checked(request.document, reserved);
  const before = documentOf(now);
  const known = new Set(before.groups.map(({ name }) => sameName(name)));
  const made = (request.groups ?? []).filter((name) => !known.has(sameName(name))).map((name) => ({ name }));
  return checked(request.edits.reduce(editDocument, { ...before, groups: [...before.groups, ...made] }), reserved);
}

const MOST_SHOWN = 20;

function checked(value: unknown, reserved: readonly string[]): PeopleDocument {
  const read = readPeopleDocument(value, reserved);
  if ('document' in read) return read.document;
  const { faults } = read;
  const more = faults.length > MOST_SHOWN ? ` And ${faults.length - MOST_SHOWN} more.` : '';
  throw new Fault(`${faults.slice(0, MOST_SHOWN).join(' ')}${more}`);
}
