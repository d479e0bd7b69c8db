import { readPublicKey } from '../functions/lib/public-key.ts';
import type { PeopleDocument } from '../functions/people/people-document.ts';

/** People, one a line: name, state, groups, and the fingerprints of their keys. */
export function peopleTable({ people }: PeopleDocument): string {
  if (people.length === 0) return 'There is nobody yet: podlaunch people add.';
  const rows = people.map(({ name, state, groups, keys }) => [
    name,
    state,
    groups.join(', ') || 'in no group',
    keys.map(fingerprint).join(' ') || 'no key',
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n');
}

function fingerprint(line: string): string {
  const key = readPublicKey(line);
  return 'fault' in key ? 'a key that nodes do not take' : key.fingerprint;
}
