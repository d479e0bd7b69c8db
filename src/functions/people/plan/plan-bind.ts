import { type DirectoryPlace, dnOf } from '../../lib/directory-place.ts';
import { sameName } from '../../lib/same-name.ts';
import { BIND_MARK, type DirectoryState, FLAGS, type FoundAccount } from '../directory-state.ts';
import { enable, firstPassword } from './account-acts.ts';
import type { Planned } from './act.ts';
import { Members } from './members.ts';
import { newGroup } from './plan-groups.ts';

/** The accounts that nodes search with. Their names are the template's, never a request's or a secret's. */
export interface BindWish {
  readonly accounts: readonly string[];
  readonly group: string;
  /** The account that the bind secret names, and how the directory takes its password; undefined where it names none of them. */
  readonly secret?: { readonly account: string; readonly password: SecretState };
}

/** `refused`: the directory refuses the account for another reason than the password. */
export type SecretState = 'opens' | 'wrong' | 'refused';

/** AES of 128 and 256 bits: no ticket of theirs can be guessed offline by RC4. */
const AES_ONLY = '24';
const ALWAYS = FLAGS.normal | FLAGS.neverExpires;

/** What makes the bind accounts: their password does not end by age, and they are members of a group of their own. Gives its DN, if it is podlaunch's. */
export function planBindAccounts(
  wish: BindWish,
  now: DirectoryState,
  place: DirectoryPlace,
  planned: Planned,
): readonly string[] {
  const group = now.groups.get(sameName(wish.group));
  const groupDn = group?.dn ?? dnOf(place, 'Groups', wish.group);
  if (!group) {
    const operation = { kind: 'add', dn: groupDn, attributes: newGroup(wish.group, BIND_MARK) } as const;
    planned.acts.push({ phase: 'make', words: [`make the group ${wish.group}`], operation });
  } else if (group.mark !== BIND_MARK) {
    planned.problems.push(`${wish.group}: exists, and podlaunch did not make it. Rename it.`);
    return [];
  }
  const members = new Members();
  for (const name of wish.accounts) {
    const have = now.accounts.get(sameName(name));
    const opens = wish.secret?.account === name && wish.secret.password === 'opens';
    if (have && have.mark !== BIND_MARK && !opens) {
      planned.problems.push(
        `${name}: exists, podlaunch did not make it, and the bind secret does not open it. Rename or delete it, or write its password into the bind secret.`,
      );
      continue;
    }
    if (have) planned.acts.push(...keep(have, wish));
    else planned.acts.push(make(name, place), firstPassword(name));
    if (have?.memberOf.includes(groupDn.toLowerCase())) continue;
    members.move('add', groupDn, have?.dn ?? dnOf(place, 'Users', name), `put ${name} into ${wish.group}`);
  }
  planned.acts.push(...members.acts());
  return [groupDn];
}

function make(name: string, place: DirectoryPlace) {
  const attributes = {
    objectClass: ['user'],
    sAMAccountName: [name],
    userPrincipalName: [`${name}@${place.domain}`],
    userAccountControl: [String(ALWAYS | FLAGS.disabled)],
    adminDescription: [BIND_MARK],
    description: ['Nodes of the cluster search the directory with it'],
    'msDS-SupportedEncryptionTypes': [AES_ONLY],
  };
  const operation = { kind: 'add', dn: dnOf(place, 'Users', name), attributes } as const;
  return { phase: 'make', words: [`make ${name}, which nodes search with`], operation } as const;
}

function keep(have: FoundAccount, { secret }: BindWish) {
  const acts: Planned['acts'] = [];
  const { name, dn } = have;
  if (have.mark !== BIND_MARK) {
    const changes = [['replace', 'adminDescription', [BIND_MARK]]] as const;
    const words = [`take over ${name}, which the bind secret opens`];
    acts.push({ phase: 'change', words, operation: { kind: 'modify', dn, changes } });
  }
  const isNamed = secret?.account === name;
  if (!have.hasPassword || (isNamed && secret.password === 'wrong')) {
    const words = isNamed ? [`give ${name} the password of the bind secret`] : [`give ${name} a password`];
    acts.push({ phase: 'passwords', words, operation: { kind: 'password', name } });
  }
  const flags = (have.flags | ALWAYS) & ~FLAGS.disabled;
  if (flags !== have.flags) {
    acts.push(enable(dn, flags, [`enable ${name}, with a password that does not end by age`]));
  }
  return acts;
}
