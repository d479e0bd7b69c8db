import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { configValidator } from '../../scripts/generate/config.mjs';

test('the validator is what ajv makes of the schema (renew it with npm run generate -- config)', () => {
  // Compared as a whole: a difference of this size would be of no use on a screen.
  expect(readFileSync('src/config/generated/validate-config.mjs', 'utf8') === configValidator()).toBe(true);
});
