import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readAssets } from '../../src/assets/read-assets.ts';
import { compile } from '../../src/compile/compile.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';

test('dist/ is what compile emits (renew it with npm run dist)', async () => {
  const templates = compile(DEFAULTS, await readAssets());
  expect(readdirSync('dist').sort()).toEqual(templates.map((template) => template.file).sort());
  for (const { file, text } of templates) expect(readFileSync(`dist/${file}`, 'utf8'), file).toBe(text);
});
