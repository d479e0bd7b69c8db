import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { commandLines, PAGES_WITH_COMMANDS } from './code-blocks.ts';

const pages = [
  ...readdirSync('.').filter((name) => name.endsWith('.md')),
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

test.each(pages)('%s links to what is there', (page) => {
  const targets = [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target]) => target!);
  for (const target of targets) expect(existsSync(join(dirname(page), target)), `${page}: ${target}`).toBe(true);
});

test('every page that shows commands has them run by a test', () => {
  expect(pages.filter((page) => commandLines(page).length > 0).toSorted()).toEqual(PAGES_WITH_COMMANDS.toSorted());
});
