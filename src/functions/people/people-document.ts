import { isPersonName } from '../lib/person-name.ts';
import { readPublicKey } from '../lib/public-key.ts';
import { sameName } from '../lib/same-name.ts';
import { faultOfGroupName } from './group-name.ts';

/** A group of people. `objectGUID` takes over one that exists and is not podlaunch's. */
export interface ListedGroup {
  readonly name: string;
  readonly objectGUID?: string;
}

/** A person. `objectGUID` takes over an account that exists and is not podlaunch's. */
export interface ListedPerson {
  readonly name: string;
  readonly groups: readonly string[];
  /** Public keys of SSH, as readPublicKey gives them. */
  readonly keys: readonly string[];
  readonly state: 'enabled' | 'disabled';
  readonly objectGUID?: string;
}

/** Who is to be in the directory. */
export interface PeopleDocument {
  readonly groups: readonly ListedGroup[];
  readonly people: readonly ListedPerson[];
}

/** A document, or what is wrong with it, one sentence each. */
export type ReadDocument = { readonly document: PeopleDocument } | { readonly faults: readonly string[] };

/** What is more than this is refused before anything is done. */
const MOST = { people: 5000, groups: 200, 'groups of a person': 50, 'keys of a person': 20 } as const;
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

type Said = (fault: string) => void;

/** Reads `{groups, people}` as somebody wrote it, in JSON's values. `reserved` are names that the stack's own accounts have. */
export function readPeopleDocument(value: unknown, reserved: readonly string[]): ReadDocument {
  const faults: string[] = [];
  const say: Said = (fault) => void faults.push(fault);
  const { groups, people } = fieldsOf(value, 'The document', ['schemaVersion', 'groups', 'people'], say);
  const version = (value as { schemaVersion?: unknown } | undefined)?.schemaVersion ?? 1;
  if (version !== 1) say('The document is of another schemaVersion than 1.');
  const document = {
    groups: listOf(groups, 'groups', say).map((one) => readGroup(one, say)),
    people: listOf(people, 'people', say).map((one) => readPerson(one, reserved, say)),
  };
  const names = [...document.groups, ...document.people].map(({ name }) => name);
  for (const name of twiceIn(names, sameName)) say(`${shown(name)} is listed twice, as people or groups.`);
  const known = new Set(document.groups.map(({ name }) => sameName(name)));
  for (const { name, groups: wanted } of document.people) {
    const missing = wanted.filter((group) => !known.has(sameName(group)));
    if (missing.length > 0) say(`${shown(name)} is in ${missing.map(shown).join(', ')}: not in the list of groups.`);
  }
  return faults.length > 0 ? { faults } : { document };
}

function readGroup(value: unknown, say: Said): ListedGroup {
  const { name, objectGUID } =
    typeof value === 'string' ? { name: value } : fieldsOf(value, 'A group', ['name', 'objectGUID'], say);
  const text = typeof name === 'string' ? name : '';
  const fault = faultOfGroupName(text);
  if (fault) say(`The group ${shown(name)} ${fault}.`);
  return { name: text, ...guidOf(objectGUID, text, say) };
}

function readPerson(value: unknown, reserved: readonly string[], say: Said): ListedPerson {
  const fields = fieldsOf(value, 'A person', ['name', 'groups', 'keys', 'state', 'objectGUID'], say);
  const { name, state = 'enabled' } = fields;
  const text = typeof name === 'string' ? name : '';
  const fits = isPersonName(text);
  if (fits !== true) say(`The name ${shown(name)} ${fits}.`);
  if (reserved.some((one) => sameName(one) === sameName(text))) {
    say(`The name ${shown(name)} is that of an account of the stack.`);
  }
  if (state !== 'enabled' && state !== 'disabled') say(`The state of ${shown(name)} is neither enabled nor disabled.`);
  const groups = textsIn(fields['groups'], `groups of a person`, text, say);
  for (const group of twiceIn(groups, sameName)) say(`${shown(text)} is twice in the group ${shown(group)}.`);
  const keys = textsIn(fields['keys'], `keys of a person`, text, say).flatMap((line, index) => {
    const key = readPublicKey(line);
    if (!('fault' in key)) return [key];
    say(`Key ${index + 1} of ${shown(text)} ${key.fault}.`);
    return [];
  });
  for (const id of twiceIn(keys.map((key) => key.id))) {
    say(`The key ${keys.find((key) => key.id === id)!.fingerprint} of ${shown(text)} is listed twice.`);
  }
  return {
    name: text,
    groups,
    keys: keys.map(({ line }) => line),
    state: state === 'disabled' ? 'disabled' : 'enabled',
    ...guidOf(fields['objectGUID'], text, say),
  };
}

function guidOf(value: unknown, name: string, say: Said): { readonly objectGUID?: string } {
  if (value === undefined) return {};
  if (typeof value === 'string' && GUID.test(value)) return { objectGUID: value.toLowerCase() };
  say(`The objectGUID of ${shown(name)} is not of the form 01234567-89ab-cdef-0123-456789abcdef.`);
  return {};
}

function fieldsOf(
  value: unknown,
  what: string,
  known: readonly string[],
  say: Said,
): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    say(`${what} is not an object with ${known.join(', ')}.`);
    return {};
  }
  const unknown = Object.keys(value).filter((name) => !known.includes(name));
  if (unknown.length > 0) say(`${what} has ${unknown.map(shown).join(', ')}: known are ${known.join(', ')}.`);
  return value as Readonly<Record<string, unknown>>;
}

function listOf(value: unknown, what: keyof typeof MOST, say: Said): readonly unknown[] {
  if (value === undefined) return [];
  if (Array.isArray(value) && value.length <= MOST[what]) return value;
  say(Array.isArray(value) ? `There are more than ${MOST[what]} ${what}.` : `The ${what} are not a list.`);
  return [];
}

function textsIn(value: unknown, what: keyof typeof MOST, name: string, say: Said): readonly string[] {
  const list = listOf(value, what, (fault) => say(`${shown(name)}: ${fault}`));
  const texts = list.filter((one) => typeof one === 'string');
  if (texts.length < list.length) say(`${shown(name)}: not all ${what} are text.`);
  return texts;
}

function twiceIn(names: readonly string[], alike: (name: string) => string = (name) => name): readonly string[] {
  const seen = new Set<string>();
  return names.filter((name) => {
    const isAgain = seen.has(alike(name));
    seen.add(alike(name));
    return isAgain;
  });
}

/** A name as somebody wrote it, cut and without what a terminal would obey. */
function shown(name: unknown): string {
  return typeof name === 'string' ? JSON.stringify(name.slice(0, 70)) : 'without a name';
}
