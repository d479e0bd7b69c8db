import { setTimeout as sleep } from 'node:timers/promises';
import type { DirectoryPlace } from '../../lib/directory-place.ts';
import { Fault } from '../../lib/fault.ts';
import type { Ldap } from '../ldap/client.ts';
import { firstTextOf } from '../ldap/entry.ts';
import { present } from '../ldap/filter.ts';
import { isResult, RESULT } from '../ldap/result.ts';

/** A lock that this run has taken. */
export interface Lock {
  /** Aborts when the lock is lost, or could not be renewed. */
  readonly lost: AbortSignal;
  free(): Promise<void>;
}

/** How long a lock lasts when it is not renewed: as long as whoever comes next waits for a run that was killed. */
const LEASE = 90_000;
/** Also keeps the connection from resting: a load balancer forgets one that rests for 350 s. */
const RENEWED_EVERY = 30_000;
const FREE = 'free 0';

/**
 * Makes a run the only one that changes people. The lock is an entry of the directory, whose value is changed only where it
 * is still the one that was read: of two that try at once, one is refused. The directory's own clock says when it ends.
 * Waits for a lock that another run has taken, until `patience` (in ms) is over; then throws a Fault.
 */
export async function takeLock(
  ldap: Ldap,
  place: DirectoryPlace,
  holder: string,
  { patience, stop }: { readonly patience: number; readonly stop: AbortSignal },
): Promise<Lock> {
  const dn = `CN=podlaunch-lock,${place.root}`;
  for (const end = Date.now() + patience; ; ) {
    const taken = await tryLock(ldap, dn, holder);
    if (taken !== undefined) return held(ldap, dn, holder, taken);
    if (Date.now() > end) {
      throw new Fault(
        'Another run is changing people, and has not ended. Nothing was changed. Try again in some minutes.',
      );
    }
    await sleep(500 + Math.random() * 1_000, undefined, { signal: stop });
  }
}

/** The lock's new value; undefined where another run has it. */
async function tryLock(ldap: Ldap, dn: string, holder: string): Promise<string | undefined> {
  const now = await timeOf(ldap);
  const value = `${holder} ${now + LEASE}`;
  try {
    const before = await valueNow(ldap, dn);
    if (before === undefined) await ldap.add(dn, { objectClass: ['contact'], adminDescription: [value] });
    else if (Number(before.split(' ').at(-1)) > now) return undefined;
    else await swap(ldap, dn, before, value);
    return value;
  } catch (thrown) {
    if (isResult(thrown, RESULT.entryExists, RESULT.noSuchAttribute)) return undefined;
    throw thrown;
  }
}

function held(ldap: Ldap, dn: string, holder: string, first: string): Lock {
  const lost = new AbortController();
  let value = first;
  let renewing: Promise<void> = Promise.resolve();
  const renew = async () => {
    const next = `${holder} ${(await timeOf(ldap)) + LEASE}`;
    await swap(ldap, dn, value, next);
    value = next;
  };
  const timer = setInterval(() => {
    renewing = renew().catch(() =>
      lost.abort(new Fault('Another run took over. What was done so far stays. Try again.')),
    );
  }, RENEWED_EVERY);
  return {
    lost: lost.signal,
    async free() {
      clearInterval(timer);
      await renewing;
      // What is not freed ends by itself.
      if (!lost.signal.aborted) await swap(ldap, dn, value, FREE).catch(() => {});
    },
  };
}

async function swap(ldap: Ldap, dn: string, before: string, after: string): Promise<void> {
  if (before === after) return;
  await ldap.modify(dn, [
    ['delete', 'adminDescription', [before]],
    ['add', 'adminDescription', [after]],
  ]);
}

async function valueNow(ldap: Ldap, dn: string): Promise<string | undefined> {
  try {
    const [entry] = await ldap.search(dn, 'base', present('objectClass'), ['adminDescription']);
    return firstTextOf(entry!, 'adminDescription') ?? FREE;
  } catch (thrown) {
    if (isResult(thrown, RESULT.noSuchObject)) return undefined;
    throw thrown;
  }
}

/** The directory's time, in ms since 1970. */
async function timeOf(ldap: Ldap): Promise<number> {
  const [server] = await ldap.search('', 'base', present('objectClass'), ['currentTime']);
  const time = firstTextOf(server!, 'currentTime')!;
  return Date.parse(time.replace(/^(....)(..)(..)(..)(..)(..).*/, '$1-$2-$3T$4:$5:$6Z'));
}
