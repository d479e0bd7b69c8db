import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { shownBy, testsIn } from './named-tests.ts';
import { tableRows } from './table.ts';

const PAGE = 'docs/peers.md';
const text = readFileSync(PAGE, 'utf8');
const rows = tableRows(PAGE);
const own = rows.filter((cells) => cells.length === 3);
const [tools, clusters] = [5, 6].map((width) => rows.filter((cells) => cells.length === width));
const sources = [...text.matchAll(/^- (\[[A-Z]\d\]) .*\]\(https:\/\//gm)].map(([, name]) => name!);

describe.each(own)('podlaunch: %s', (_, __, cell) => {
  test.each(shownBy(cell!))('$file has the tests that are named', ({ file, tests }) => {
    expect(testsIn(file)).toEqual(expect.arrayContaining([...tests]));
  });

  test('is shown by a test', () => {
    expect(shownBy(cell!)).not.toEqual([]);
  });
});

test('each feature is asked of every peer, in the same order', () => {
  const features = own.map(([feature]) => feature);
  expect(features.length).toBeGreaterThan(20);
  for (const table of [tools, clusters]) expect(table!.map(([feature]) => feature)).toEqual(features);
  expect([...tools!, ...clusters!, ...own]).toHaveLength(rows.length);
});

test('each claim for a peer names a source, and each source is used', () => {
  const cells = [...tools!, ...clusters!].flatMap(([, ...claims]) => claims);
  const named = (cell: string) => cell.match(/\[[A-Z]\d\]/g) ?? [];
  for (const cell of cells) if (cell !== '–' && cell !== 'not found') expect(named(cell), cell).not.toEqual([]);
  expect([...new Set(cells.flatMap(named))].toSorted()).toEqual(sources.toSorted());
});

test('the page says what podlaunch has not done', () => {
  expect(text).toContain('podlaunch itself has not run on AWS yet');
  expect(text.match(/\*\*better/g)!.length).toBeGreaterThan(5);
});
