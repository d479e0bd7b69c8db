import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readAssets } from '../../src/assets/read-assets.ts';
import { compile } from '../../src/compile/compile.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';

test('dist/ is what compile emits (renew it with npm run dist)', async () => {
  const assets = readAssets();
  const templates = compile(DEFAULTS, assets);
  expect(readdirSync('dist').sort()).toEqual(['assets.json', ...templates.map((template) => template.file)].sort());
  expect(readFileSync('dist/assets.json', 'utf8')).toBe(assets.json);
  for (const { file, text } of templates) expect(readFileSync(`dist/${file}`, 'utf8'), file).toBe(text);
});
