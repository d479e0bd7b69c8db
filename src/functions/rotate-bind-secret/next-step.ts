import { accountOf, BIND_ACCOUNTS } from '../lib/bind-accounts.ts';
import type { DirectoryPlace } from '../lib/directory-place.ts';
import { Fault } from '../lib/fault.ts';

/** A version of the bind secret. Its password is not read. */
export interface Version {
  readonly id: string;
  readonly bindDn: string;
  /** When it was written, in ms since 1970. */
  readonly created: number;
  /** It was written in an emergency: the other account gets a new password, too. */
  readonly isEmergency: boolean;
}

/** The bind secret. */
export interface RotationState {
  readonly current: Version;
  /** The version that becomes the current one. */
  readonly pending: Version | undefined;
  /** When something of the secret changed last, in ms since 1970. */
  readonly changed: number;
}

/** What rotation is like, whatever is asked. */
export interface Rules {
  readonly place: DirectoryPlace;
  /** How old the current password may get, in ms. */
  readonly oldest: number;
  /** After how many ms every node knows what the secret says. */
  readonly untilKnown: number;
}

/** What is to be done now. */
export type Step =
  | { readonly kind: 'none'; readonly why: string }
  /** A new password for the account that no node uses. */
  | { readonly kind: 'prepare'; readonly account: string; readonly isEmergency: boolean }
  /** The pending version becomes the current one, if it opens the directory. */
  | { readonly kind: 'switch'; readonly version: string }
  /** A password that nobody knows for the account that nodes used before. */
  | { readonly kind: 'retire'; readonly account: string };

const MINUTE = 60_000;
/** Until all domain controllers have a password for certain, also those that copy rarely. */
const SETTLES = 50 * MINUTE;
/** A pending version that did not open the directory for so long never will: another one is made. */
const STALE = 6 * 60 * MINUTE;

/**
 * The step that is due. Two scheduled runs make a rotation: one prepares, and one switches an hour later. In an emergency
 * the switch is not waited for, and the account of before gets a new password as soon as no node uses it any more.
 * Throws a Fault where the secret names neither account: then it is somebody else's.
 */
export function dueStep(state: RotationState, rules: Rules, now: number, isEmergency: boolean): Step {
  const { current, pending, changed } = state;
  const used = accountOf(current.bindDn, BIND_ACCOUNTS, rules.place);
  if (used === undefined) {
    throw new Fault(`The bind secret names neither ${BIND_ACCOUNTS.join(' nor ')}. Nothing was changed.`);
  }
  const idle = BIND_ACCOUNTS.find((name) => name !== used)!;
  const isOurs = pending !== undefined && accountOf(pending.bindDn, BIND_ACCOUNTS, rules.place) === idle;
  if (isOurs && now < pending.created + STALE && (pending.isEmergency || !isEmergency)) {
    if (pending.isEmergency || now >= pending.created + SETTLES) return { kind: 'switch', version: pending.id };
    return none(`${idle} is the next account, from`, pending.created + SETTLES);
  }
  if (current.isEmergency) {
    const due = changed + rules.untilKnown;
    return now >= due ? { kind: 'retire', account: idle } : none(`${idle} gets a new password, too, from`, due);
  }
  if (isEmergency || now >= current.created + rules.oldest) return { kind: 'prepare', account: idle, isEmergency };
  return none('the next rotation is due', current.created + rules.oldest);
}

function none(words: string, due: number): Step {
  return { kind: 'none', why: `${words} ${new Date(due).toISOString().slice(0, 16)}Z` };
}
