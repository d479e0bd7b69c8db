import type { Edit } from './edit-document.ts';

/** An account that is deleted for ever: another one of its name has another uid, and does not own its files. */
export interface Deletion {
  readonly name: string;
  readonly objectGUID: string;
}

/** Who is wanted: all of a document, or those that are there with some edits. */
export type PeopleRequest =
  | { readonly document: unknown }
  | {
      readonly edits: readonly Edit[];
      /** Groups that are made where they are not there. */
      readonly groups?: readonly string[];
      readonly deletions?: readonly Deletion[];
    };
