import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { codes, tableRows } from './table.ts';

const sorted = (values: Iterable<string>): readonly string[] => [...new Set(values)].toSorted();

describe('docs/nodes/sssd.md', () => {
  test('says why for every key of sssd.conf, and for no other', () => {
    const source = readFileSync('lifecycle-scripts/podlaunch_node/steps/directory/sssd_conf.py', 'utf8');
    // Code is indented or in capitals: what starts a line is the text of the file.
    const written = [...source.matchAll(/^([a-z_]+) = /gm)].map(([, key]) => key!);
    expect(written).toContain('ldap_uri');
    expect(sorted(tableRows('docs/nodes/sssd.md').flatMap(([key]) => codes(key!)))).toEqual(sorted(written));
  });
});

describe('docs/nodes/faults.md', () => {
  const CODE = /PLN-[A-Z]+(?:-[A-Z]+)*/g;
  const codesIn = (file: string): readonly string[] => readFileSync(file, 'utf8').match(CODE) ?? [];
  const filesIn = (folder: string, ending: RegExp): readonly string[] =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && ending.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name));
  const scripts = sorted(filesIn('lifecycle-scripts', /^[^.]+$|\.(?:py|sh)$/).flatMap(codesIn));

  test('has a row for every code of the node scripts, in order, and for no other', () => {
    expect(scripts).toContain('PLN-SETTINGS');
    expect(tableRows('docs/nodes/faults.md').map(([code]) => code)).toEqual(scripts);
  });

  test('no page names a code that is none', () => {
    const named = sorted(filesIn('docs', /\.md$/).flatMap(codesIn));
    expect(named.filter((code) => !scripts.includes(code))).toEqual([]);
  });
});
