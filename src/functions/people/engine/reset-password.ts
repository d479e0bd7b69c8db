import type { DirectoryPlace } from '../../lib/directory-place.ts';
import { Fault } from '../../lib/fault.ts';
import { isPersonName } from '../../lib/person-name.ts';
import { sameName } from '../../lib/same-name.ts';
import { FLAGS, PERSON_MARK } from '../directory-state.ts';
import type { Ldap } from '../ldap/client.ts';
import { readState } from '../read-state.ts';
import type { HandedOver, ResetRequest } from '../requests.ts';
import { takeLock } from './lock.ts';

/** How a password is made known and set. */
export interface ResetMeans {
  readonly holder: string;
  /** How long another run is waited for, in ms. */
  readonly patience: number;
  newPassword(): string;
  handOver(password: string): Promise<HandedOver>;
  setPassword(password: string): Promise<void>;
  readonly stop: AbortSignal;
}

const READER = /^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/[\w+=,.@/-]{1,512}$/;

/** @throws Fault where the request itself is wrong */
export function checkReset({ name, reader }: ResetRequest): void {
  const fits = isPersonName(name);
  if (fits !== true) throw new Fault(`The name ${JSON.stringify(name.slice(0, 70))} ${fits}.`);
  if (READER.test(reader)) return;
  throw new Fault('The reader must be the ARN of a role or user, such as arn:aws:iam::111122223333:role/Ada.');
}

/**
 * Gives one of podlaunch's people another password. It is handed over before it is set: killed at any moment, either the
 * old one is still in force, or the new one can be read. As the only run, for setting a password enables the account: who is
 * removed meanwhile must not come back. Throws a Fault for everyone who is not an enabled person of podlaunch's.
 */
export async function resetPersonsPassword(
  ldap: Ldap,
  place: DirectoryPlace,
  { name }: ResetRequest,
  means: ResetMeans,
): Promise<HandedOver> {
  const lock = await takeLock(ldap, place, means.holder, means);
  try {
    const { accounts } = await readState(ldap, place, [name]);
    const person = accounts.get(sameName(name));
    if (person === undefined || person.mark !== PERSON_MARK || person.isProtected) {
      throw new Fault(`${JSON.stringify(name)} is not one of podlaunch's people.`);
    }
    if (person.flags & FLAGS.disabled) {
      throw new Fault(`${name} is disabled, and a new password would let them in. Enable ${name} first.`);
    }
    const password = means.newPassword();
    const handedOver = await means.handOver(password);
    lock.lost.throwIfAborted();
    means.stop.throwIfAborted();
    await means.setPassword(password);
    return handedOver;
  } finally {
    await lock.free();
  }
}
