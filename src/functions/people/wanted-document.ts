import { Fault } from '../lib/fault.ts';
import { documentOf } from './directory-document.ts';
import type { DirectoryState } from './directory-state.ts';
import { editDocument, withGroups } from './edit-document.ts';
import { type PeopleDocument, readPeopleDocument } from './people-document.ts';
import type { Deletion, PeopleRequest } from './requests.ts';

/** What a request asks for, as far as it can be told before the directory is read. */
export interface ReadRequest {
  /** Names that the directory must be asked for before a plan can be made. */
  readonly names: readonly string[];
  readonly deletions: readonly Deletion[];
  /** The document that is wanted, from what the directory has. Throws a Fault with all that is wrong with it. */
  documentFrom(now: DirectoryState): PeopleDocument;
}

/** Reads a request. Throws a Fault with all that is wrong with a document in it. */
export function readRequest(request: PeopleRequest, reserved: readonly string[]): ReadRequest {
  if ('document' in request) {
    const document = checked(request.document, reserved);
    const names = [...document.people, ...document.groups].map(({ name }) => name);
    return { names, deletions: [], documentFrom: () => document };
  }
  const { edits, groups = [], deletions = [] } = request;
  return {
    names: [
      ...groups,
      ...edits.flatMap((edit) => [edit.name, ...('groups' in edit ? edit.groups : [])]),
      ...deletions.map(({ name }) => name),
    ],
    deletions,
    documentFrom: (now) => checked(edits.reduce(editDocument, withGroups(documentOf(now), groups)), reserved),
  };
}

const MOST_SHOWN = 20;

function checked(value: unknown, reserved: readonly string[]): PeopleDocument {
  const read = readPeopleDocument(value, reserved);
  if ('document' in read) return read.document;
  const { faults } = read;
  const more = faults.length > MOST_SHOWN ? ` And ${faults.length - MOST_SHOWN} more.` : '';
  throw new Fault(`${faults.slice(0, MOST_SHOWN).join(' ')}${more}`);
}
