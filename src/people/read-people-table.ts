import { CsvError, parse } from 'csv-parse/sync';
import { refuse } from '../diagnostics/refusal.ts';
import type { PeopleDocument } from '../functions/people/people-document.ts';
import { checkedPeople } from './read-people.ts';

/** A person as lines of a table have them. */
interface Row {
  readonly name: string;
  readonly groups: readonly string[];
  readonly key: string;
}

/**
 * Reads a table of people: a line of headings (`name`, `groups`, `key`), then a line for each key of a person. Groups
 * have a semicolon between them.
 * @throws Refusal PL9003 with everything that is wrong
 */
export function readPeopleTable(text: string, file: string): PeopleDocument {
  const people = new Map<string, { name: string; groups: Set<string>; keys: Set<string> }>();
  for (const { name, groups, key } of rowsOf(text, file)) {
    const person = people.get(name.toLowerCase()) ?? { name, groups: new Set(), keys: new Set() };
    people.set(name.toLowerCase(), person);
    for (const group of groups) person.groups.add(group);
    if (key !== '') person.keys.add(key);
  }
  const listed = [...people.values()].map((one) => ({ name: one.name, groups: [...one.groups], keys: [...one.keys] }));
  const groups = [...new Set(listed.flatMap((one) => one.groups))];
  return checkedPeople({ groups, people: listed }, file);
}

const COLUMNS = ['name', 'groups', 'key'];

function rowsOf(text: string, file: string): readonly Row[] {
  const records = recordsOf(text, file);
  const [heads = [], ...rows] = records;
  const names = heads.map((head) => head.toLowerCase());
  const unknown = names.filter((head) => !COLUMNS.includes(head));
  if (!names.includes('name') || unknown.length > 0) {
    const found = heads.length === 0 ? 'it is empty' : `it has ${heads.map((one) => JSON.stringify(one)).join(', ')}`;
    throw bad(file, `its first line must name the columns ${COLUMNS.join(', ')}: ${found}.`);
  }
  const cell = (row: readonly string[], column: string) => row[names.indexOf(column)] ?? '';
  return rows.map((row) => ({
    name: cell(row, 'name'),
    groups: cell(row, 'groups')
      .split(';')
      .map((group) => group.trim())
      .filter((group) => group !== ''),
    key: cell(row, 'key'),
  }));
}

function recordsOf(text: string, file: string): readonly (readonly string[])[] {
  try {
    return parse(text, { bom: true, trim: true, skip_empty_lines: true }) as string[][];
  } catch (thrown) {
    if (thrown instanceof CsvError) throw bad(file, `${thrown.message}.`);
    throw thrown;
  }
}

function bad(file: string, what: string): Error {
  return refuse({
    code: 'PL9003',
    message: `${file}: ${what}`,
    hint: 'A line for each key: name,groups,key. Groups have a semicolon between them.',
  });
}
