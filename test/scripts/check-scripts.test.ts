import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ValidateFunction } from 'ajv';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkScripts } from '../../scripts/check-scripts.mjs';
import { readAssets } from '../../src/assets/read-assets.ts';
import { checkSettings } from '../../src/assets/settings-schema.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { exampleSettings } from '../../src/stacks/example-settings.ts';

const ROOT = resolve(import.meta.dirname, '../..');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'podlaunch-check-scripts-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const listIn = (out: string) => JSON.parse(readFileSync(join(out, 'files.json'), 'utf8'));

test("podlaunch's own scripts count as checked, each by its hash, and are kept with their list", async () => {
  const out = join(folder, 'good');
  expect(await checkScripts(ROOT, out)).toEqual([]);
  const { files, json, sha256 } = readAssets();
  const kept = [...files, { path: 'assets.json', sha256, bytes: Buffer.from(json) }];
  expect(listIn(out)).toEqual(kept.map(({ path, sha256, bytes }) => ({ path, sha256, size: bytes.length })));
  expect(readFileSync(join(out, 'files')).equals(Buffer.concat(kept.map(({ bytes }) => bytes)))).toBe(true);
});

test('none counts as checked where one is broken', async () => {
  const root = join(folder, 'root');
  for (const name of ['src', 'node_modules', 'package.json']) {
    cpSync(join(ROOT, name), join(root, name), { recursive: true, filter: () => name !== 'node_modules' });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  cpSync(join(ROOT, 'lifecycle-scripts'), join(root, 'lifecycle-scripts'), { recursive: true });
  cpSync(join(ROOT, 'test/scripts/check-scripts.test.ts'), join(root, 'lifecycle-scripts/broken.py'));
  const out = join(folder, 'bad');
  expect(await checkScripts(root, out)).toEqual([expect.stringContaining('PL2015: ')]);
  expect(listIn(out)).toEqual([]);
  expect(readFileSync(join(out, 'files')).length).toBe(0);
});

test('the validator that the build makes finds what ajv finds at run time', async () => {
  const out = join(folder, 'validator');
  await checkScripts(ROOT, out);
  const validate = createRequire(import.meta.url)(join(out, 'validate-settings.cjs')) as ValidateFunction;
  const assets = readAssets();
  const good = exampleSettings(DEFAULTS) as unknown as Record<string, unknown>;
  const [first] = Object.keys(good);
  const documents = [good, {}, [], { ...good, [first!]: { unknown: 1 } }, { ...good, more: true }];
  const counts: number[] = [];
  for (const document of documents) {
    validate(document);
    const found = await checkSettings(assets, 'scripts', document);
    expect(found.map(({ path }) => `/${path.join('/')}`.replace(/^\/$/, ''))).toEqual(
      (validate.errors ?? []).map(({ instancePath }) => instancePath),
    );
    counts.push(found.length);
  }
  expect(counts[0]).toBe(0);
  expect(counts.slice(1).every((count) => count > 0)).toBe(true);
});
