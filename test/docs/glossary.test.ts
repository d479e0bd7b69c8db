import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('the glossary is in order, and every word of it is used', () => {
  const pages = [
    'README.md',
    'SECURITY.md',
    'CONTRIBUTING.md',
    ...readdirSync('docs', { recursive: true, encoding: 'utf8' }).map((name) => join('docs', name)),
  ];
  const prose = pages
    .filter((name) => name.endsWith('.md') && name !== 'docs/glossary.md')
    .map((name) => readFileSync(name, 'utf8').toLowerCase())
    .join('\n');
  const tables = readFileSync('docs/glossary.md', 'utf8').split('\n## ').slice(1);
  for (const table of tables) {
    const words = [...table.matchAll(/^\| (?!word|---)([^|]+) \|/gm)].map(([, word]) => word!.replaceAll('`', ''));
    const bare = words.map((word) => word.toLowerCase());
    expect(bare).toEqual(bare.toSorted((a, b) => (a < b ? -1 : 1)));
    const used = bare.flatMap((word) => word.replace(/ \(.*/, '').split(', '));
    expect(used.filter((word) => !prose.includes(word))).toEqual([]);
  }
});
