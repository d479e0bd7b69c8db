import type { Edit } from './edit-document.ts';
import type { PeopleDocument } from './people-document.ts';

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

/** Who gets a new password, and the role or user of AWS that may read it. */
export interface ResetRequest {
  readonly name: string;
  readonly reader: string;
}

/** A secret that hands a password over, and until when it can be read. */
export interface HandedOver {
  readonly secret: string;
  readonly readableUntil: string;
}

/** What the stack and the command line ask of the function. */
export type PeopleQuestion =
  | ({ readonly action: 'plan' | 'apply' } & PeopleRequest)
  | { readonly action: 'export' }
  | ({ readonly action: 'reset password' } & ResetRequest)
  /** Tries a version of the bind secret. */
  | { readonly action: 'try bind'; readonly versionId: string };

/** What would be done, in words; with a problem nothing is. */
export interface PeoplePlan {
  readonly plan: readonly string[];
  readonly problems: readonly string[];
  readonly notes: readonly string[];
}

/** What was done, in words. */
export interface PeopleDone {
  readonly done: readonly string[];
  readonly notes: readonly string[];
  /** People who became root of the cluster, of whom the alarm topic was told. */
  readonly administrators?: readonly string[];
}

/** The domain controllers that a version of the bind secret opens: all that the directory has. */
export interface BindTried {
  readonly opened: readonly string[];
}

/** What the function answers. It has no secret in it. */
export type PeopleAnswer =
  | PeoplePlan
  | PeopleDone
  | HandedOver
  | BindTried
  | { readonly document: PeopleDocument }
  | { readonly error: string };
