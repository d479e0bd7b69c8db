import { setTimeout as sleep } from 'node:timers/promises';
import { type DirectoryPlace, dnOf } from '../../lib/directory-place.ts';
import { Fault, reasonOf } from '../../lib/fault.ts';
import type { LdapTarget } from '../ldap/connection.ts';
import { firstTextOf } from '../ldap/entry.ts';
import { present } from '../ldap/filter.ts';
import { LdapError } from '../ldap/result.ts';
import { openPatiently, REASONS } from './open-directory.ts';

/** A password of a bind account that is tried, and where. */
export interface BindTrial {
  readonly account: string;
  readonly password: string;
  readonly place: DirectoryPlace;
  readonly target: LdapTarget;
  /** How many domain controllers there are. */
  readonly controllers: number;
  /** How long controllers may take to copy the password from each other, in ms. */
  readonly patience: number;
  readonly stop: AbortSignal;
}

/** With two controllers the load balancer leads to one of them alone once in a thousand million times. */
const CONNECTIONS_EACH = 30;
const BETWEEN_ROUNDS = 3_000;

/**
 * Binds at every domain controller, through the load balancer and its certificate, as nodes do. It connects until it has
 * seen all of them. A controller that does not have a password yet asks the primary one, so a bind proves little: all must
 * also say the same time at which the password was set. Gives the names of the controllers; throws a Fault that says what
 * is in the way.
 */
export async function tryBind(trial: BindTrial): Promise<readonly string[]> {
  for (const end = Date.now() + trial.patience; ; ) {
    const seen = new Map<string, string>();
    const fault = await connectToAll(trial, seen).catch((thrown) => {
      trial.stop.throwIfAborted();
      if (thrown instanceof Fault) throw thrown;
      return (thrown instanceof LdapError && REASONS[thrown.data]) || reasonOf(thrown);
    });
    const isSame = new Set(seen.values()).size === 1;
    if (fault === undefined && isSame && seen.size >= trial.controllers) return [...seen.keys()].toSorted();
    if (Date.now() + BETWEEN_ROUNDS > end) {
      const { account, controllers } = trial;
      if (fault !== undefined) throw new Fault(`The directory refuses ${account}: ${fault}.`);
      if (!isSame) throw new Fault(`Not all domain controllers have the new password of ${account} yet.`);
      throw new Fault(
        `The load balancer leads to ${seen.size} of ${controllers} domain controllers. Look at the health of its targets.`,
      );
    }
    await sleep(BETWEEN_ROUNDS, undefined, { signal: trial.stop });
  }
}

async function connectToAll(trial: BindTrial, seen: Map<string, string>): Promise<undefined> {
  for (let left = CONNECTIONS_EACH * trial.controllers; left > 0 && seen.size < trial.controllers; left--) {
    trial.stop.throwIfAborted();
    await connect(trial, seen);
  }
}

async function connect({ account, password, place, ...way }: BindTrial, seen: Map<string, string>): Promise<void> {
  const dn = dnOf(place, 'Users', account);
  const ldap = await openPatiently(way);
  try {
    await ldap.bind(dn, password);
    const [[here], [self]] = await Promise.all([
      ldap.search('', 'base', present('objectClass'), ['dsServiceName']),
      ldap.search(dn, 'base', present('objectClass'), ['pwdLastSet']),
    ]);
    seen.set(controllerName(firstTextOf(here!, 'dsServiceName')!), firstTextOf(self!, 'pwdLastSet') ?? '');
  } finally {
    ldap.close();
  }
}

/** `DC1` of `CN=NTDS Settings,CN=DC1,CN=Servers,…`. */
function controllerName(service: string): string {
  return /^CN=NTDS Settings,CN=([^,]+)/i.exec(service)?.[1] ?? service;
}
