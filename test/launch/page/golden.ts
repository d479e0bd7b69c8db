import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';

const FOLDER = join(import.meta.dirname, 'golden');

/** How much a channel of a pixel may differ: letters are smoothed differently by each version of the browser. */
const CHANNEL = 64;

/** How two pictures differ. */
export interface Difference {
  /** Share of the pixels that differ. */
  readonly share: number;
  readonly sizes: readonly [string, string];
}

/**
 * Compares a picture with the one that somebody has looked at, `golden/NAME.jpg`; with PODLAUNCH_GOLDEN=write it takes
 * its place. The browser itself decodes both.
 */
export async function comparedWithGolden(browser: Browser, name: string, picture: Uint8Array): Promise<Difference> {
  const file = join(FOLDER, `${name}.jpg`);
  if (process.env['PODLAUNCH_GOLDEN'] === 'write') {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(file, picture);
  }
  if (!existsSync(file))
    throw new Error(`There is no ${file}: run the test with PODLAUNCH_GOLDEN=write, and look at what it writes`);
  const page = await browser.newPage();
  try {
    const urls = [picture, readFileSync(file)].map(
      (bytes) => `data:image/jpeg;base64,${Buffer.from(bytes).toString('base64')}`,
    );
    return await page.evaluate<Difference>(`(${COMPARE})(${JSON.stringify(urls)}, ${CHANNEL})`);
  } finally {
    await page.close();
  }
}

const COMPARE = `async ([one, other], most) => {
  const pictures = await Promise.all([one, other].map(async (url) => createImageBitmap(await (await fetch(url)).blob())));
  const [width, height] = ['width', 'height'].map((side) => Math.min(...pictures.map((picture) => picture[side])));
  const [a, b] = pictures.map((picture) => {
    const context = new OffscreenCanvas(width, height).getContext('2d');
    context.drawImage(picture, 0, 0);
    return context.getImageData(0, 0, width, height).data;
  });
  let differing = 0;
  for (let at = 0; at < a.length; at += 4)
    if ([0, 1, 2].some((channel) => Math.abs(a[at + channel] - b[at + channel]) > most)) differing++;
  return { share: differing / (width * height), sizes: pictures.map((picture) => picture.width + 'x' + picture.height) };
}`;
