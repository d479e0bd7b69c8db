import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { functionModule } from '../../scripts/generate/functions.mjs';

test('the text of the function is what its TypeScript builds to (renew it with npm run generate -- functions)', async () => {
  const committed = readFileSync('src/functions/generated/copy-assets.ts', 'utf8');
  expect(await functionModule('copy-assets', 'COPY_ASSETS_CODE')).toBe(committed);
});
