import { accountOf, BIND_ACCOUNTS } from '../lib/bind-accounts.ts';
import { controllersOf } from '../lib/controllers.ts';
import type { EnvironmentOf } from '../lib/declaration.ts';
import { directoryPlace } from '../lib/directory-place.ts';
import { Fault } from '../lib/fault.ts';
import { authorityOf, textsOfSecret } from './asked-of-aws.ts';
import { tryBind } from './engine/try-bind.ts';
import type { peopleFunction } from './function.ts';
import { LDAPS_PORT } from './ldap/connection.ts';
import type { BindTried } from './requests.ts';

/** How long controllers may take to copy a password, in ms: those of one region copy it within seconds. */
const PATIENCE = 120_000;

/** Tries a version of the bind secret at every domain controller. Throws a Fault where it does not open all of them. */
export async function tryVersion(VersionId: string, stop: AbortSignal): Promise<BindTried> {
  const told = process.env as EnvironmentOf<typeof peopleFunction>;
  if (!/^[A-Za-z0-9-]{32,64}$/.test(VersionId)) throw new Fault('That is not the id of a version of a secret.');
  const place = directoryPlace(told.DomainName, told.ShortName);
  const [{ bindDn, password }, authority, { active }] = await Promise.all([
    textsOfSecret(told.BindSecretArn, ['bindDn', 'password'], stop, { VersionId }),
    authorityOf(told, stop),
    controllersOf(told.DirectoryId, stop),
  ]);
  const account = accountOf(bindDn, BIND_ACCOUNTS, place);
  if (account === undefined)
    throw new Fault(`This version of the bind secret names neither ${BIND_ACCOUNTS.join(' nor ')}.`);
  const target = { host: told.LdapsHost, port: LDAPS_PORT, authority };
  const controllers = active.length;
  const opened = await tryBind({ account, password, place, target, controllers, patience: PATIENCE, stop });
  for (const name of opened) console.log(`${account} opens ${name}`);
  return { opened };
}
