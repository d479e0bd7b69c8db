import { randomBytes } from 'node:crypto';

// What of Active Directory matters to the people function, and is stricter than Samba where AD is: no password over an
// unencrypted connection, none enabled without one, names, the rights of a delegated Admin.

export const DOMAIN = 'hyperpod.abc123.com';
export const BASE = 'DC=hyperpod,DC=abc123,DC=com';
export const ROOT = `OU=hyperpod,${BASE}`;
export const ADMIN = `CN=Admin,OU=Users,${ROOT}`;
export const POLICIES = `CN=Password Settings Container,CN=System,${BASE}`;

/** An answer other than success: LDAP's number, and what AD says with it. */
export class Refused extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

export type Values = Map<string, string[]>;
export interface Stored {
  readonly dn: string;
  readonly guid: Buffer;
  readonly values: Values;
}
export type Modification = readonly [kind: 'add' | 'delete' | 'replace', attribute: string, values: readonly string[]];

const DISABLED = 2;
const low = (text: string) => text.toLowerCase();
const parentOf = (dn: string) => dn.replace(/^(?:\\.|[^\\,])*,/, '');

/** The entries of one domain. */
export class FakeDirectory {
  readonly entries = new Map<string, Stored>();
  /** By sAMAccountName in lower case. */
  readonly passwords = new Map<string, string>();
  /** What a right bind is refused with, by sAMAccountName in lower case: 532, 533, 773, 775. */
  readonly refusals = new Map<string, string>();
  /** When the directory thinks it is, in ms since 1970. */
  now: () => number = Date.now;

  constructor() {
    this.put(BASE, { objectClass: ['domain'], fSMORoleOwner: ['CN=NTDS Settings,CN=DC1'] });
    for (const dn of [`CN=Users,${BASE}`, `CN=System,${BASE}`, POLICIES]) this.put(dn, { objectClass: ['container'] });
    for (const dn of [ROOT, `OU=Users,${ROOT}`]) this.put(dn, { objectClass: ['organizationalUnit'] });
    this.put(ADMIN, {
      objectClass: ['user'],
      sAMAccountName: ['Admin'],
      userAccountControl: ['512'],
      pwdLastSet: ['1'],
    });
    this.passwords.set('admin', 'Adm1n-canary-Passw0rd');
  }

  /** Puts in an entry past all rules. */
  put(dn: string, values: Readonly<Record<string, readonly string[]>>): Stored {
    const lower = Object.entries(values).map(([name, list]): [string, string[]] => [low(name), [...list]]);
    const stored = { dn, guid: randomBytes(16), values: new Map(lower) };
    this.entries.set(low(dn), stored);
    return stored;
  }

  find(dn: string): Stored {
    const found = this.entries.get(low(dn));
    if (!found) throw new Refused(32, '0000208D: NameErr: DSID-03100241, problem 2001 (NO_OBJECT)');
    return found;
  }

  /** The entry with this sAMAccountName. */
  named(name: string): Stored | undefined {
    return [...this.entries.values()].find(({ values }) => low(values.get('samaccountname')?.[0] ?? '') === low(name));
  }

  /** What ds:ResetUserPassword does: no history, no age; a disabled user is enabled, a locked one unlocked. */
  resetPassword(name: string, password: string): void {
    const user = this.named(name);
    if (!user) throw new Error('UserDoesNotExistException');
    this.passwords.set(low(name), password);
    this.refusals.delete(low(name));
    user.values.set('pwdlastset', [String(this.now())]);
    const flags = Number(user.values.get('useraccountcontrol')?.[0] ?? '512');
    user.values.set('useraccountcontrol', [String(flags & ~DISABLED)]);
  }

  bind(dn: string, password: string): Stored {
    const wrong = (data: string) =>
      new Refused(49, `80090308: LdapErr: DSID-0C09044E, comment: AcceptSecurityContext error, data ${data}, v4563\0`);
    const user = this.entries.get(low(dn));
    const name = low(user?.values.get('samaccountname')?.[0] ?? '');
    if (!user || this.passwords.get(name) !== password) throw wrong(user ? '52e' : '525');
    if (Number(user.values.get('useraccountcontrol')?.[0]) & DISABLED) throw wrong('533');
    if (this.refusals.has(name)) throw wrong(this.refusals.get(name)!);
    return user;
  }

  add(dn: string, values: Values): void {
    this.#mayWrite(dn);
    this.find(parentOf(dn));
    if (this.entries.has(low(dn)))
      throw new Refused(68, '00002071: UpdErr: DSID-031B0EDF, problem 6005 (ENTRY_EXISTS)');
    const name = values.get('samaccountname')?.[0];
    const isUser = values.get('objectclass')?.includes('user');
    if (name !== undefined) this.#checkName(name, isUser ? 20 : 256);
    if (isUser) this.#checkUser(values);
    this.put(dn, Object.fromEntries(isUser ? [...values, ['pwdLastSet', ['0']]] : values));
  }

  modify(dn: string, modifications: readonly Modification[]): void {
    this.#mayWrite(dn);
    const entry = this.find(dn);
    const after: Values = new Map([...entry.values].map(([name, values]) => [name, [...values]]));
    for (const [kind, attribute, values] of modifications) this.#change(after, kind, low(attribute), values);
    if (after.get('objectclass')?.includes('user')) this.#checkUser(after);
    for (const [name, values] of after) entry.values.set(name, values);
    for (const [name, values] of after) if (values.length === 0) entry.values.delete(name);
  }

  delete(dn: string): void {
    this.#mayWrite(dn);
    const { dn: gone } = this.find(dn);
    if ([...this.entries.keys()].some((other) => parentOf(other) === low(gone))) throw new Refused(66, 'not on a leaf');
    this.entries.delete(low(gone));
    for (const { values } of this.entries.values()) {
      const members = values.get('member')?.filter((member) => low(member) !== low(gone));
      if (members) values.set('member', members);
    }
  }

  memberOf(dn: string): readonly string[] {
    const groups = [...this.entries.values()].filter(({ values }) => {
      return values.get('member')?.some((member) => low(member) === low(dn));
    });
    return groups.map((group) => group.dn);
  }

  #change(after: Values, kind: Modification[0], attribute: string, values: readonly string[]): void {
    if (attribute === 'unicodepwd') throw new Refused(53, '0000001F: SvcErr: DSID-031A126C, WILL_NOT_PERFORM');
    const have = after.get(attribute) ?? [];
    const has = (value: string) => have.some((one) => low(one) === low(value));
    const isMember = attribute === 'member';
    if (kind === 'replace') return void after.set(attribute, [...values]);
    if (kind === 'add') {
      if (values.some(has)) throw new Refused(isMember ? 68 : 20, 'ATTRIBUTE_OR_VALUE_EXISTS');
      if (isMember) values.forEach((dn) => void this.find(dn));
      return void after.set(attribute, [...have, ...values]);
    }
    if (!values.every(has)) throw new Refused(isMember ? 53 : 16, 'NO_ATTRIBUTE_OR_VAL');
    after.set(
      attribute,
      have.filter((one) => !values.some((value) => low(value) === low(one))),
    );
  }

  /** Rules: [MS-SAMR] 3.1.1.6; sAMAccountName is one of a kind in the domain. */
  #checkName(name: string, most: number): void {
    if (name.length > most || /["/\\[\]:;|=,+*?<>]/.test(name) || /^\s|[\s.]$/.test(name)) {
      throw new Refused(19, '00000523: SysErr: DSID-031A120C, problem 22 (Invalid argument), sAMAccountName');
    }
    if (this.named(name)) throw new Refused(68, '00000524: UpdErr: DSID-031A11E2, problem 6005 (ENTRY_EXISTS)');
  }

  #checkUser(values: Values): void {
    const flags = Number(values.get('useraccountcontrol')?.[0] ?? '0');
    const name = low(values.get('samaccountname')?.[0] ?? '');
    if (!(flags & DISABLED) && !this.passwords.has(name)) {
      throw new Refused(53, '0000052D: SvcErr: DSID-031A1254, problem 5003 (WILL_NOT_PERFORM)');
    }
  }

  /** Admin writes below the unit of the short name, and password policies; nothing else. */
  #mayWrite(dn: string): void {
    if (low(dn).endsWith(`,${low(ROOT)}`) || low(dn).endsWith(`,${low(POLICIES)}`)) return;
    throw new Refused(50, '00002098: SecErr: DSID-03150F94, problem 4003 (INSUFF_ACCESS_RIGHTS)');
  }
}
