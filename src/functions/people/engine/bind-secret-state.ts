import { accountOf } from '../../lib/bind-accounts.ts';
import { type DirectoryPlace, dnOf } from '../../lib/directory-place.ts';
import { Ldap } from '../ldap/client.ts';
import type { LdapTarget } from '../ldap/connection.ts';
import { LdapError } from '../ldap/result.ts';
import type { BindWish } from '../plan/plan-bind.ts';

/** The bind secret, `{"bindDn", "password"}`. */
export interface BindSecret {
  readonly bindDn: string;
  readonly password: string;
}

/**
 * Which of the bind accounts the secret names, and how the directory takes its password. What the secret says chooses among
 * the names of the template, and can never name another account.
 */
export async function bindSecretState(
  { bindDn, password }: BindSecret,
  accounts: readonly string[],
  { place, target, stop }: { readonly place: DirectoryPlace; readonly target: LdapTarget; readonly stop: AbortSignal },
): Promise<BindWish['secret']> {
  const account = accountOf(bindDn, accounts, place);
  if (account === undefined) return undefined;
  const ldap = await Ldap.open(target, stop);
  try {
    await ldap.bind(dnOf(place, 'Users', account), password);
    return { account, password: 'opens' };
  } catch (thrown) {
    if (!(thrown instanceof LdapError)) throw thrown;
    return { account, password: ['52e', '525'].includes(thrown.data) ? 'wrong' : 'refused' };
  } finally {
    ldap.close();
  }
}
