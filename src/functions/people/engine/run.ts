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
  /** Whether people get a policy of passwords: their length, and a lock-out. */
  readonly peoplePolicy: boolean;
}

/** How a run may change people. */
export interface Means {
  /** Whose lock it is. */
  readonly holder: string;
  /** How long another run is waited for, in ms. */
  readonly patience: number;
  setPassword(name: string): Promise<void>;
  /** Tells somebody of new administrators. Gives what went wrong. */
  tellOf(administrators: readonly string[]): Promise<string | undefined>;
  readonly stop: AbortSignal;
}

/** Reading and acting alternate: what somebody else does meanwhile is seen, and in the end nothing is left to do. */
const ROUNDS = 3;

/** What would be done. Throws a Fault where the request itself is wrong. */
export async function planPeopleRun(ldap: Ldap, request: PeopleRequest, house: House): Promise<Plan> {
  return planWith(await house.lookAtSecret(), ldap, request, house);
}

async function planWith(secret: BindWish['secret'], ldap: Ldap, request: PeopleRequest, house: House): Promise<Plan> {
  const { place, sudoGroups, peoplePolicy } = house;
  const bind = { ...house.bind, ...(secret && { secret }) };
  const own = [...bind.accounts, bind.group];
  const { names, deletions, documentFrom } = readRequest(request, own);
  const now = await readState(ldap, place, [...names, ...own]);
  return makePlan({ document: documentFrom(now), deletions, sudoGroups, bind, peoplePolicy }, now, place);
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
    const refused = new Set<string>();
    const told = new Set<string>();
    const untold: string[] = [];
    let secret = await house.lookAtSecret();
    for (let round = 1; ; round++) {
      const plan = await planWith(secret, ldap, request, house);
      if (plan.problems.length > 0) throw new Fault(plan.problems.join(' '));
      const acts = plan.acts.filter((act) => !refused.has(act.words.join()));
      if (acts.length === 0) {
        const left = [...refused].map((words) => `Admin may not ${words}: it is left out.`);
        const administrators = [...told];
        return {
          done,
          notes: [...plan.notes, ...left, ...untold],
          ...(administrators.length > 0 && { administrators }),
        };
      }
      const words = acts.flatMap((act) => act.words);
      if (round > ROUNDS) throw new Fault(`Somebody else changes the same people. Still to do: ${words.join('; ')}.`);
      // Before it is done: whoever kills a run must not be able to keep it quiet.
      const fresh = (plan.administrators ?? []).filter((one) => !told.has(one));
      for (const one of fresh) told.add(one);
      const fault = fresh.length > 0 ? await means.tellOf(fresh) : undefined;
      if (fault !== undefined) untold.push(fault);
      const left = await carryOut(ldap, acts, setPassword, stop);
      for (const act of left) refused.add(act.words.join());
      done.push(...acts.filter((act) => !left.includes(act)).flatMap((act) => act.words));
      // Another controller may not have a password yet that was set: it is looked at before the first round only.
      if (secret) secret = { ...secret, password: 'opens' };
    }
  } finally {
    await lock.free();
  }
}
