import { type Element, readElements } from './ber.ts';

/** An entry of the directory: its DN, and its attributes by their names in lower case. */
export interface LdapEntry {
  readonly dn: string;
  readonly values: ReadonlyMap<string, readonly Buffer[]>;
}

/** The entry of a SearchResultEntry (RFC 4511, 4.5.2). */
export function entryOf(body: Buffer): LdapEntry {
  const [dn, list] = readElements(body) as [Element, Element];
  const values = readElements(list.body).map((attribute): [string, readonly Buffer[]] => {
    const [name, set] = readElements(attribute.body) as [Element, Element];
    return [name.body.toString().toLowerCase(), readElements(set.body).map((value) => value.body)];
  });
  return { dn: dn.body.toString(), values: new Map(values) };
}

/** All values of an attribute as text. */
export function textsOf({ values }: LdapEntry, attribute: string): readonly string[] {
  return (values.get(attribute.toLowerCase()) ?? []).map((value) => value.toString());
}

/** The first value of an attribute as text; undefined where it has none. */
export function firstTextOf({ values }: LdapEntry, attribute: string): string | undefined {
  return values.get(attribute.toLowerCase())?.[0]?.toString();
}

/** The number of an entry that never changes, as AD's tools write it: the first three groups have their bytes reversed. */
export function guidOf({ values }: LdapEntry): string {
  const bytes = values.get('objectguid')?.[0] ?? Buffer.alloc(16);
  const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
  const hex = order.map((at) => bytes[at]!.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
