import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { STACKS, writePictures } from '../../scripts/marketplace-pictures.mjs';
import { readAssets } from '../../src/assets/read-assets.ts';
import { compileRelease } from '../../src/compile/compile-release.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { hasChromium, startChromium } from '../support/chromium.ts';

describe.skipIf(!hasChromium())('the pictures for AWS Marketplace', () => {
  let folder: string;
  beforeAll(async () => {
    await (await startChromium()).close();
    folder = mkdtempSync(join(tmpdir(), 'podlaunch-pictures-'));
    await writePictures(await compileRelease(DEFAULTS, readAssets()), folder);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(STACKS)('%s.png has 1100 x 700 pixels, and is not empty', (stack) => {
    const picture = readFileSync(join(folder, `${stack}.png`));
    // The header of a PNG: signature, IHDR, width, height.
    expect(picture.subarray(1, 4).toString()).toBe('PNG');
    expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([1100, 700]);
    // A white picture of this size has some 4 KB.
    expect(picture.length).toBeGreaterThan(20_000);
  });
});
