import type { DirectoryPlace } from '../../lib/directory-place.ts';
import { Fault } from '../../lib/fault.ts';
import type { Ldap } from '../ldap/client.ts';
import type { Plan } from '../plan/act.ts';
import { makePlan } from '../plan/make-plan.ts';
import type { BindWish } from '../plan/plan-bind.ts';
import { readState } from '../read-state.ts';
import type { PeopleDone, PeopleRequest } from '../requests.ts';
import { readRequest } from '../wanted-document.ts';
import { carryOut } from './carry-out.ts';
import { takeLock } from './lock.ts';

/** What a stack's people are like, whatever is asked. */
export interface House {
  readonly place: DirectoryPlace;
  readonly bind: Omit<BindWish, 'secret'>;
  /** How the directory takes the bind secret at this moment. */
  lookAtSecret(): Promise<BindWish['secret']>;
  readonly sudoGroups: readonly string[];
}

/** How a run may change people. */
export interface Means {
  /** Whose lock it is. */
  readonly holder: string;
  /** How long another run is waited for, in ms. */
  readonly patience: number;
  setPassword(name: string): Promise<void>;
  readonly stop: AbortSignal;
}

/** Reading and acting alternate: what somebody else does meanwhile is seen, and in the end nothing is left to do. */
const ROUNDS = 3;

/** What would be done. Throws a Fault where the request itself is wrong. */
export async function planPeopleRun(ldap: Ldap, request: PeopleRequest, house: House): Promise<Plan> {
  return planWith(await house.lookAtSecret(), ldap, request, house);
}

async function planWith(secret: BindWish['secret'], ldap: Ldap, request: PeopleRequest, house: House): Promise<Plan> {
  const { place, sudoGroups } = house;
  const bind = { ...house.bind, ...(secret && { secret }) };
  const own = [...bind.accounts, bind.group];
  const { names, deletions, documentFrom } = readRequest(request, own);
  const now = await readState(ldap, place, [...names, ...own]);
  return makePlan({ document: documentFrom(now), deletions, sudoGroups, bind }, now, place);
}

/**
 * Does what the plan says, as the only run, until a plan is empty. Killed at any moment and run again it ends right.
 * Throws a Fault, and changes nothing, where the plan has a problem.
 */
export async function applyPeople(ldap: Ldap, request: PeopleRequest, house: House, means: Means): Promise<PeopleDone> {
  const { setPassword, holder } = means;
  const lock = await takeLock(ldap, house.place, holder, means);
  const stop = AbortSignal.any([means.stop, lock.lost]);
  try {
    const done: string[] = [];
    let secret = await house.lookAtSecret();
    for (let round = 1; ; round++) {
      const { acts, problems, notes } = await planWith(secret, ldap, request, house);
      if (problems.length > 0) throw new Fault(problems.join(' '));
      if (acts.length === 0) return { done, notes };
      const words = acts.flatMap((act) => act.words);
      if (round > ROUNDS) throw new Fault(`Somebody else changes the same people. Still to do: ${words.join('; ')}.`);
      await carryOut(ldap, acts, setPassword, stop);
      done.push(...words);
      // Another controller may not have a password yet that was set: it is looked at before the first round only.
      if (secret) secret = { ...secret, password: 'opens' };
    }
  } finally {
    await lock.free();
  }
}
