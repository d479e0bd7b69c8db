import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import * as api from '../../src/index.ts';

const page = readFileSync('docs/api.md', 'utf8');
const listed = [...page.matchAll(/^\| `(\w+)` \| (.*) \|$/gm)].map(([, name, reason]) => ({
  name: name!,
  reason: reason!,
}));
const types = page.slice(page.indexOf('\n## Types'));

/** The names that a `export { … } from` or `export type { … } from` of a file has, with `type` before those of types. */
function exportsOf(file: string): readonly { readonly name: string; readonly isType: boolean }[] {
  const statements = readFileSync(file, 'utf8').matchAll(/^export (type )?\{([^}]*)\}/gm);
  return [...statements].flatMap(([, all, list]) =>
    list!
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '')
      .map((one) => ({
        name: one.replace(/^type /, '').replace(/^\w+ as /, ''),
        isType: all !== undefined || one.startsWith('type '),
      })),
  );
}

test('the page lists what the package exports, each with its reason, and nothing else', () => {
  expect(listed.map(({ name }) => name).sort()).toEqual(
    exportsOf('src/index.ts')
      .map(({ name }) => name)
      .sort(),
  );
  expect(listed.filter(({ reason }) => reason.length < 6)).toEqual([]);
});

test('types are under Types, and what runs is not', () => {
  const typeNames = listed.map(({ name }) => name).filter((name) => types.includes(`| \`${name}\` |`));
  const exported = exportsOf('src/index.ts').filter(({ isType }) => isType);
  expect(typeNames.sort()).toEqual(exported.map(({ name }) => name).sort());
  expect(Object.keys(api).filter((name) => typeNames.includes(name))).toEqual([]);
});

test('each command has its function', () => {
  const section = page.slice(page.indexOf('\n## Commands'), page.indexOf('\n## What they take'));
  const named = COMMANDS.filter(({ name }) => !section.includes(`\`${name}`));
  expect(named.map(({ name }) => name)).toEqual([]);
});
