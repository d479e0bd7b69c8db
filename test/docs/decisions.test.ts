import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const FOLDER = 'docs/decisions';
const pages = readdirSync(FOLDER).filter((name) => /^\d{4}-.*\.md$/.test(name));

test('each decision has a number of its own, in its name as in its heading', () => {
  const numbers = pages.map((name) => Number(name.slice(0, 4)));
  expect(numbers).toEqual(Array.from({ length: pages.length }, (_, index) => index + numbers[0]!));
  const headings = pages.map((name) => /^# (\d+)\. /.exec(readFileSync(`${FOLDER}/${name}`, 'utf8'))?.[1]);
  expect(headings.map(Number)).toEqual(numbers);
});
