import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { drawArchitecture } from '../scripts/architecture.mjs';
import { readAssets } from '../src/assets/read-assets.ts';
import { compile } from '../src/compile/compile.ts';
import { DEFAULTS } from '../src/config/defaults.ts';

test('the picture is what the templates make of it (renew it with npm run dist)', async () => {
  expect(readFileSync('docs/architecture.svg', 'utf8')).toBe(drawArchitecture(compile(DEFAULTS, await readAssets())));
});
