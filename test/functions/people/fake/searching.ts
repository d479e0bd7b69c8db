import { element, sequence } from '../../../../src/certificate/x509/der.ts';
import { type Element, octets, readElements } from '../../../../src/functions/people/ldap/ber.ts';
import type { FakeDirectory, Stored } from './directory.ts';

/** Most values of one attribute in one answer: AD's MaxValRange. */
const MOST_VALUES = 1500;

/** Whether the fake finds an entry by a filter: and, or, equal, present. */
export function matches(directory: FakeDirectory, entry: Stored, { tag, body }: Element): boolean {
  if (tag === 0xa0) return readElements(body).every((one) => matches(directory, entry, one));
  if (tag === 0xa1) return readElements(body).some((one) => matches(directory, entry, one));
  if (tag === 0x87) return valuesOf(directory, entry, body.toString()).length > 0;
  if (tag !== 0xa3) throw new Error(`the fake directory does not know the filter ${tag.toString(16)}`);
  const [name, value] = readElements(body).map((one) => one.body.toString().toLowerCase());
  return valuesOf(directory, entry, name!).some((one) => one.toString().toLowerCase() === value);
}

/** The attributes of an entry that were asked for, as PartialAttributes. */
export function shown(directory: FakeDirectory, entry: Stored, attributes: readonly string[]): readonly Buffer[] {
  const names = attributes.length === 0 || attributes.includes('*') ? [...entry.values.keys()] : attributes;
  return names.flatMap((name) => {
    const values = valuesOf(directory, entry, name);
    if (values.length === 0) return [];
    const part = values.slice(0, MOST_VALUES);
    const called = part.length < values.length ? `${name};range=0-${MOST_VALUES - 1}` : name;
    return [sequence(octets(called), element(0x31, ...part.map((value) => octets(value))))];
  });
}

function valuesOf(directory: FakeDirectory, entry: Stored, name: string): readonly (string | Buffer)[] {
  const lower = name.toLowerCase();
  const isOfPerson = entry.values.get('objectclass')?.includes('user');
  if (lower === 'objectguid') return [entry.guid];
  if (lower === 'memberof') return directory.memberOf(entry.dn);
  if (lower === 'objectcategory' && isOfPerson) return ['person'];
  return entry.values.get(lower) ?? [];
}
