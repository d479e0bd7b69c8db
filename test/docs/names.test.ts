import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Names that several files may export, each with the reason. */
const ALIKE: Readonly<Record<string, string>> = {
  CODES: 'each folder lists its own codes; docs/diagnostics.md prints them all',
  define: 'each command of the command line defines itself',
  handler: 'each function exports what Lambda calls by this name',
  sha256: 'functions are bundled alone, and import nothing of src/files',
  release: 'a part of the templates, and the public function of the command',
};

const EXPORT = /^export (?:abstract )?(?:async )?(?:function|const|class|interface|type)\*? (\w+)/gm;

test('no two files of src/ export different things under one name', () => {
  const files = (readdirSync('src', { recursive: true }) as string[]).filter(
    (file) => file.endsWith('.ts') && !file.includes('generated/'),
  );
  const exported = files.flatMap((file) =>
    [...new Set([...readFileSync(join('src', file), 'utf8').matchAll(EXPORT)].map(([, name]) => name!))].map(
      (name) => ({ name, file }),
    ),
  );
  const twice = new Map<string, { readonly file: string }[]>();
  for (const one of exported) twice.set(one.name, [...(twice.get(one.name) ?? []), one]);
  const alike = [...twice].filter(([name, found]) => found.length > 1 && !(name in ALIKE));
  expect(alike.map(([name, found]) => [name, ...found.map(({ file }) => file)])).toEqual([]);
  // No exception longer than it is needed.
  expect(Object.keys(ALIKE).filter((name) => (twice.get(name)?.length ?? 0) < 2)).toEqual([]);
});
