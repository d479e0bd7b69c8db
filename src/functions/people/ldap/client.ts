import { element, sequence } from '../../../certificate/x509/der.ts';
import { boolean, type Element, integer, octets, readElements } from './ber.ts';
import { Connection, type LdapTarget, type Reply } from './connection.ts';
import { entryOf, type LdapEntry } from './entry.ts';
import type { Filter } from './filter.ts';
import { errorOf } from './result.ts';

/** Values of an attribute that are added, taken away, or put in the place of all that it has. */
export type Change = readonly [kind: keyof typeof KINDS, attribute: string, values: readonly string[]];

/** Attributes of an entry that is added. */
export type Attributes = Readonly<Record<string, readonly string[]>>;

const KINDS = { add: 0, delete: 1, replace: 2 } as const;
const SCOPES = { base: 0, one: 1, sub: 2 } as const;
/** RFC 2696. Active Directory gives at most 1,000 entries at once, and refuses to go on without it. */
const PAGED = '1.2.840.113556.1.4.319';
const PAGE = 500;
const ENUMERATED = 0x0a;

/**
 * The little of LDAP (RFC 4511) that people need: simple bind, search by pages, add, modify, delete. Every function throws
 * LdapError where the directory refuses, and what the network says where the connection is lost.
 */
export class Ldap {
  readonly #connection: Connection;

  private constructor(connection: Connection) {
    this.#connection = connection;
  }

  static async open(target: LdapTarget, stop: AbortSignal): Promise<Ldap> {
    return new Ldap(await Connection.open(target, stop));
  }

  /** Says who one is. An empty password would be no proof at all (RFC 4513, 5.1.2), and is never sent. */
  async bind(dn: string, password: string): Promise<void> {
    if (dn === '' || password === '') throw new Error('LDAP: a bind needs a name and a password');
    await this.#ask(element(0x60, integer(3), octets(dn), octets(password, 0x80)));
  }

  /** The entries that a filter finds, page by page, with these attributes. */
  async search(
    base: string,
    scope: keyof typeof SCOPES,
    filter: Filter,
    attributes: readonly string[],
  ): Promise<readonly LdapEntry[]> {
    const found: LdapEntry[] = [];
    const neverAliases = integer(0, ENUMERATED);
    const noLimit = integer(0);
    const operation = element(
      0x63,
      ...[octets(base), integer(SCOPES[scope], ENUMERATED), neverAliases, noLimit, noLimit, boolean(false)],
      ...[filter, sequence(...attributes.map((name) => octets(name)))],
    );
    for (let cookie: Buffer = Buffer.alloc(0); ; ) {
      const page = sequence(octets(PAGED), boolean(true), octets(sequence(integer(PAGE), octets(cookie))));
      const { entries, controls } = await this.#ask(operation, scope === 'base' ? undefined : page);
      for (const body of entries) found.push(entryOf(body));
      cookie = cookieOf(controls);
      if (cookie.length === 0) return found;
    }
  }

  async add(dn: string, attributes: Attributes): Promise<void> {
    const list = Object.entries(attributes).map(([name, values]) => attribute(name, values));
    await this.#ask(element(0x68, octets(dn), sequence(...list)));
  }

  /** Makes all changes, or none. */
  async modify(dn: string, changes: readonly Change[]): Promise<void> {
    const list = changes.map(([kind, name, values]) => {
      return sequence(integer(KINDS[kind], ENUMERATED), attribute(name, values));
    });
    await this.#ask(element(0x66, octets(dn), sequence(...list)));
  }

  async delete(dn: string): Promise<void> {
    await this.#ask(octets(dn, 0x4a));
  }

  close(): void {
    this.#connection.close();
  }

  async #ask(operation: Buffer, control?: Buffer): Promise<Reply> {
    const reply = await this.#connection.request(operation, control);
    const refused = errorOf(reply.result);
    if (refused) throw refused;
    return reply;
  }
}

function attribute(name: string, values: readonly string[]): Buffer {
  return sequence(octets(name), element(0x31, ...values.map((value) => octets(value))));
}

/** Where the next page begins; empty after the last one. */
function cookieOf(controls: Buffer): Buffer {
  for (const { body } of readElements(controls)) {
    const [name, ...rest] = readElements(body) as [Element, ...Element[]];
    if (name.body.toString() !== PAGED) continue;
    const [value] = readElements(rest.at(-1)!.body) as [Element];
    return readElements(value.body)[1]!.body;
  }
  return Buffer.alloc(0);
}
