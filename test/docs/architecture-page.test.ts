import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';
import { FOLDERS } from '../support/folders.ts';

/** The folder of src/ that a file belongs to; generated files belong to the folder above, but for the resource model's. */
const folderOf = (file: string): string =>
  dirname(file)
    .replace(/^(config|functions|launch\/page|release)\/generated$/, '$1')
    .replace(/^functions\/(?!lib$).+$/, 'functions/NAME');
const files = (readdirSync('src', { recursive: true }) as string[]).filter((file) => /[/].*[.]ts$/.test(file));

/** The folders that a file imports, with `import()` and types. */
function imported(file: string): readonly string[] {
  const text = readFileSync(join('src', file), 'utf8');
  const names = [...text.matchAll(/(?:from|import)[\s(]+'(\.[^']+)'/g)].map(([, name]) => name!);
  return names.map((name) => folderOf(normalize(join(dirname(file), name)))).filter((to) => to !== '.');
}

test('a folder knows only what the list allows', () => {
  const allowed = new Map(FOLDERS.map(({ name, knows }) => [name, new Set([name, ...knows])]));
  const arrows = files.flatMap((file) => imported(file).map((to) => [folderOf(file), to, file] as const));
  expect(arrows.filter(([from, to]) => from !== 'cli' && !allowed.get(from)?.has(to))).toEqual([]);
});

test('the list has no folder too many, and each knows only folders above it', () => {
  const names = FOLDERS.map(({ name }) => name);
  expect(names.toSorted()).toEqual([...new Set(files.map(folderOf))].toSorted());
  for (const { name, knows } of FOLDERS.slice(0, -1)) {
    expect([name, knows.filter((known) => !names.slice(0, names.indexOf(name)).includes(known))]).toEqual([name, []]);
    const used = new Set(files.filter((file) => folderOf(file) === name).flatMap(imported));
    expect([name, knows.filter((known) => !used.has(known))]).toEqual([name, []]);
  }
});

test('docs/architecture.md prints the list (renew it with -u)', async () => {
  const page = readFileSync('docs/architecture.md', 'utf8');
  const code = (name: string): string => (FOLDERS.some((folder) => folder.name === name) ? `\`${name}\`` : name);
  const rows = FOLDERS.map(
    ({ name, holds, knows }) => `| \`src/${name}\` | ${holds} | ${knows.map(code).join(', ') || 'nothing'} |`,
  );
  const table = ['| folder | contains | knows |', '| --- | --- | --- |', ...rows].join('\n');
  const renewed = page.replace(/(?<=\n)\| folder \| contains .*?(?=\n\n)/s, () => table);
  await expect(renewed).toMatchFileSnapshot('../../docs/architecture.md');
});
