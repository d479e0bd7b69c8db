import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { drawArchitecture } from '../scripts/architecture.mjs';
import { readAssets } from '../src/assets/read-assets.ts';
import { compile } from '../src/compile/compile.ts';
import { DEFAULTS } from '../src/config/defaults.ts';

test('the picture is what the templates make of it (renew it with npm run dist)', async () => {
  expect(readFileSync('docs/architecture.svg', 'utf8')).toBe(drawArchitecture(compile(DEFAULTS, await readAssets())));
});

test('every box is in its column, and the columns are in the picture', async () => {
  const picture = drawArchitecture(compile(DEFAULTS, await readAssets()));
  const numbers = (pattern: RegExp) => [...picture.matchAll(pattern)].map((found) => found.slice(1).map(Number));
  const [[height] = []] = numbers(/viewBox="0 0 \d+ (\d+)"/g);
  const columns = numbers(/y="(\d+)" width="280" height="(\d+)"/g).map(([y, tall]) => y! + tall!);
  const boxes = numbers(/y="(\d+)" width="252" height="(\d+)"/g).map(([y, tall]) => y! + tall!);
  expect(boxes.length).toBeGreaterThan(columns.length);
  expect(Math.max(...boxes)).toBeLessThan(Math.min(...columns));
  expect(Math.max(...columns)).toBeLessThan(height!);
});
