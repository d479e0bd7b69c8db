import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { componentsFiles } from '../../scripts/generate/components.mjs';
import { COMPONENTS } from '../../src/release/generated/components.ts';

test('the list of what podlaunch is built of is up to date (renew it with npm run generate -- components)', async () => {
  for (const [file, text] of Object.entries(await componentsFiles()))
    expect(readFileSync(`src/release/generated/${file}`, 'utf8') === text, file).toBe(true);
});

test('it has what a bundle takes in, what is loaded beside it, and where the resource types come from', () => {
  const names = COMPONENTS.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['commander', 'yaml', '@aws-sdk/client-s3', 'cfn-lint']));
  expect(names).not.toContain('vitest');
  for (const { name, version, license, type, sha512 } of COMPONENTS) {
    expect([version, license], name).toEqual([expect.stringMatching(/^\d/), expect.stringMatching(/^[A-Z]/)]);
    if (type === 'library') expect(sha512, name).toMatch(/^[0-9a-f]{128}$/);
  }
});
