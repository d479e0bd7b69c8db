import { Fault, reasonOf } from '../../lib/fault.ts';
import type { Ldap } from '../ldap/client.ts';
import { firstTextOf } from '../ldap/entry.ts';
import { present } from '../ldap/filter.ts';
import { isResult, LdapError, RESULT } from '../ldap/result.ts';
import { type Act, type Operation, PHASES } from '../plan/act.ts';

const SIDE_BY_SIDE = 8;

/**
 * Does acts, phase after phase, those of a phase side by side. What somebody else has just done is passed over: the next
 * plan shows what is left. Throws a Fault that says which act failed; everything before it stays.
 * A policy of passwords that the directory refuses is no failure: gives those acts.
 */
export async function carryOut(
  ldap: Ldap,
  acts: readonly Act[],
  setPassword: (name: string) => Promise<void>,
  stop: AbortSignal,
): Promise<readonly Act[]> {
  const left: Act[] = [];
  for (const phase of PHASES) {
    const queue = acts.filter((act) => act.phase === phase);
    const work = async () => {
      for (let act = queue.shift(); act && !stop.aborted; act = queue.shift()) {
        const { operation, words } = act;
        await operate(ldap, operation, setPassword).catch((thrown) => {
          if (phase === 'policies' && thrown instanceof LdapError) return void left.push(act!);
          queue.length = 0;
          stop.throwIfAborted();
          throw new Fault(`Could not ${words[0] ?? told(operation)}: ${reasonOf(thrown)}. What was done before stays.`);
        });
      }
    };
    // All must have ended before a failure is told: none of them may go on beside the next run.
    const ends = await Promise.allSettled(Array.from({ length: SIDE_BY_SIDE }, work));
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed) throw failed.reason;
    stop.throwIfAborted();
  }
  return left;
}

async function operate(ldap: Ldap, operation: Operation, setPassword: (name: string) => Promise<void>): Promise<void> {
  switch (operation.kind) {
    case 'password':
      return setPassword(operation.name);
    case 'delete':
      return passOver(ldap.delete(operation.dn), RESULT.noSuchObject);
    case 'modify': {
      const ofMembers = operation.changes.every(([, attribute]) => attribute === 'member');
      const codes = ofMembers ? [RESULT.entryExists, RESULT.unwilling] : [RESULT.valueExists, RESULT.noSuchAttribute];
      return passOver(ldap.modify(operation.dn, operation.changes), ...codes);
    }
    case 'add':
      try {
        await ldap.add(operation.dn, operation.attributes);
      } catch (thrown) {
        // What has this DN could be anybody's, and would come into the groups in this one's place.
        if (!isResult(thrown, RESULT.entryExists) || !(await isThisOne(ldap, operation))) throw thrown;
      }
  }
}

async function passOver(doing: Promise<void>, ...codes: readonly number[]): Promise<void> {
  await doing.catch((thrown) => {
    if (!isResult(thrown, ...codes)) throw thrown;
  });
}

async function isThisOne(ldap: Ldap, { dn, attributes }: Extract<Operation, { kind: 'add' }>): Promise<boolean> {
  const compared = ['sAMAccountName', 'adminDescription'];
  const [entry] = await ldap.search(dn, 'base', present('objectClass'), compared).catch(() => []);
  return entry !== undefined && compared.every((name) => firstTextOf(entry, name) === attributes[name]?.[0]);
}

function told(operation: Operation): string {
  return operation.kind === 'password' ? `set the password of ${operation.name}` : `change ${operation.dn}`;
}
