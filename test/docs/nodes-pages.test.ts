import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { codes, tableRows } from './table.ts';

const sorted = (values: Iterable<string>): readonly string[] => [...new Set(values)].toSorted();

/** The part of a JSON Schema that node-settings.schema.json uses to say what may be set. */
interface SchemaNode {
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
}

/** A setting and its default, for each property that holds a value; properties of a list's entries are `list[].key`. */
function settings(node: SchemaNode, path = ''): readonly (readonly [string, string])[] {
  if (node.items?.properties) return settings(node.items, `${path}[]`);
  if (!node.properties) return [[path, node.default === undefined ? '–' : String(node.default)]];
  return Object.entries(node.properties).flatMap(([key, child]) =>
    settings(child, path === '' ? key : `${path}.${key}`),
  );
}

describe('docs/nodes/settings.md', () => {
  test('has a row for every setting, with its default, and for nothing else', () => {
    const schema = JSON.parse(readFileSync('lifecycle-scripts/node-settings.schema.json', 'utf8')) as SchemaNode;
    const rows = tableRows('docs/nodes/settings.md').map(
      ([key, value]) => `${codes(key!)} ${value!.replaceAll('`', '')}`,
    );
    expect(rows.toSorted()).toEqual(
      settings(schema)
        .map((row) => row.join(' '))
        .toSorted(),
    );
  });
});

describe('docs/nodes/sssd.md', () => {
  test('says why for every key of sssd.conf, and for no other', () => {
    const source = readFileSync('lifecycle-scripts/podlaunch_node/steps/sssd_conf.py', 'utf8');
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
