import { setTimeout as sleep } from 'node:timers/promises';
import { type DirectoryPlace, dnOf } from '../../lib/directory-place.ts';
import { Fault } from '../../lib/fault.ts';
import { Ldap } from '../ldap/client.ts';
import type { LdapTarget } from '../ldap/connection.ts';
import { firstTextOf } from '../ldap/entry.ts';
import { present } from '../ldap/filter.ts';
import { isResult, LdapError, RESULT } from '../ldap/result.ts';

/** The way to the directory, and Admin's password. */
export interface DirectoryAccess {
  readonly target: LdapTarget;
  readonly place: DirectoryPlace;
  readonly password: string;
  /** Sets Admin's password again, to the same one (ds:ResetUserPassword). */
  resetAdmin(): Promise<void>;
  readonly stop: AbortSignal;
  /** How long a directory that does not answer is tried, in ms. A stack that is being made waits for its targets. */
  readonly patience: number;
}

const BETWEEN_TRIES = 3_000;
/** A load balancer with two controllers does not lead to the primary one in 20 tries once in a million times. */
const TRIES = 20;
/** Until every controller has a password that was set at another one. */
const UNTIL_COPIED = 60_000;

/** Why Active Directory refuses an account with a right password, or without one. Rule: Win32 codes in hexadecimal. */
export const REASONS: Readonly<Record<string, string>> = {
  '525': 'there is no such account',
  '52e': 'the password is wrong',
  '530': 'it may not log in at this hour',
  '531': 'it may not log in from here',
  '532': 'its password has expired',
  '533': 'it is disabled',
  '701': 'it has expired',
  '773': 'its password must be changed',
  '775': 'it is locked',
};

/**
 * A connection that is bound as Admin, to the primary controller: what is changed at two controllers at once makes
 * conflicts when they copy to each other. Throws a Fault that says what is in the way.
 */
export async function openPrimary(access: DirectoryAccess): Promise<Ldap> {
  const { place, stop } = access;
  for (let tries = 1; tries <= TRIES; tries++) {
    stop.throwIfAborted();
    const ldap = await openAsAdmin(access);
    if (await isPrimary(ldap, place)) return ldap;
    ldap.close();
  }
  throw new Fault(
    `In ${TRIES} tries ${access.target.host} never led to the primary domain controller. Look at the health of its targets.`,
  );
}

async function isPrimary(ldap: Ldap, { base }: DirectoryPlace): Promise<boolean> {
  const [[here], [owner]] = await Promise.all([
    ldap.search('', 'base', present('objectClass'), ['dsServiceName']),
    ldap.search(base, 'base', present('objectClass'), ['fSMORoleOwner']),
  ]);
  const names = [firstTextOf(here!, 'dsServiceName'), firstTextOf(owner!, 'fSMORoleOwner')];
  return names[0]!.toLowerCase() === names[1]!.toLowerCase();
}

async function openAsAdmin(access: DirectoryAccess): Promise<Ldap> {
  const { place, password, stop } = access;
  const admin = dnOf(place, 'Users', 'Admin');
  let wasReset: number | undefined;
  for (;;) {
    const ldap = await openPatiently(access);
    try {
      await ldap.bind(admin, password);
      return ldap;
    } catch (thrown) {
      ldap.close();
      const isExpired = isResult(thrown, RESULT.invalidCredentials) && thrown.data === '532';
      if (!isExpired) throw refusedAdmin(thrown);
      if (wasReset === undefined) await access.resetAdmin();
      wasReset ??= Date.now();
      if (Date.now() - wasReset > UNTIL_COPIED) throw refusedAdmin(thrown);
      await sleep(1_000, undefined, { signal: stop });
    }
  }
}

/**
 * Only an expired password is set again. A disabled or locked Admin, or one with another password, may be somebody's
 * answer to an incident, which a function must not undo.
 */
function refusedAdmin(thrown: unknown): unknown {
  if (!(thrown instanceof LdapError)) return thrown;
  const why = REASONS[thrown.data] ?? thrown.message;
  return new Fault(
    `The directory refuses Admin: ${why}. Nothing was changed. Put Admin in order, with the password that AdminSecret has.`,
  );
}

/** Opens a connection; tries again for a while where nothing answers. Throws a Fault. */
export async function openPatiently({
  target,
  stop,
  patience,
}: Pick<DirectoryAccess, 'target' | 'stop' | 'patience'>): Promise<Ldap> {
  for (const end = Date.now() + patience; ; ) {
    try {
      return await Ldap.open(target, stop);
    } catch (thrown) {
      stop.throwIfAborted();
      if (isOfTls(thrown)) {
        throw new Fault(`The certificate of ${target.host} is not the stack's: ${(thrown as Error).message}.`);
      }
      if (Date.now() + BETWEEN_TRIES > end) {
        throw new Fault(
          `${target.host} does not answer on ${target.port} (${(thrown as Error).message}). Look at the load balancer's targets: no domain controller may be healthy.`,
        );
      }
      await sleep(BETWEEN_TRIES, undefined, { signal: stop });
    }
  }
}

function isOfTls(thrown: unknown): boolean {
  const code = String((thrown as { code?: unknown }).code ?? '');
  return /CERT|ISSUER|SELF_SIGNED|ALTNAME|SIGNATURE/.test(code);
}
