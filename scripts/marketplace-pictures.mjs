// Draws the picture of each template that AWS Marketplace would deliver, 1100 x 700 pixels, from the templates themselves:
// node scripts/marketplace-pictures.mjs FOLDER. Needs lib/ (npm run build), and a Chromium in the PATH.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { boxesOf, left } from './architecture.mjs';
import { openChromium } from './chromium.mjs';
import { drawLaunchpad } from './launchpad-picture.mjs';
import { box, COLUMN, frame, heightOf, title } from './picture-boxes.mjs';

/** @typedef {{readonly stack: string, readonly summary: string, readonly value: any}} Template */

/** At most three templates for a product: https://docs.aws.amazon.com/marketplace/latest/userguide/cloudformation.html */
export const STACKS = ['launchpad', 'launchpad-trial', 'access'];
const SIZE = { width: 1100, height: 700 };

/** The picture of one template, as SVG text of that size, not stretched. @param {Template} template @returns {string} */
export function drawTemplate({ stack, summary, value }) {
  const { lines, width, bottom } =
    stack === 'access' ? drawColumn({ stack, summary, value }) : drawLaunchpad(value, 20);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${bottom + 20}" width="${SIZE.width}" height="${SIZE.height}" font-family="Helvetica, Arial, sans-serif">`,
    ...lines,
    '</svg>',
  ].join('\n');
}

/** @param {Template} template */
function drawColumn({ stack, summary, value }) {
  const boxes = boxesOf(value, 0, 20);
  const height = heightOf(boxes.length);
  const lines = [frame(left(0), 20, COLUMN.width, height), ...title(stack, summary, left(0), 20), ...boxes.map(box)];
  return { lines, width: COLUMN.width + 40, bottom: 20 + height };
}

/** Writes STACK.png of each of STACKS. @param {readonly Template[]} templates @param {string} folder */
export async function writePictures(templates, folder) {
  mkdirSync(folder, { recursive: true });
  const browser = await openChromium();
  const page = await browser.newPage({ viewport: SIZE });
  for (const template of templates.filter(({ stack }) => STACKS.includes(stack))) {
    await page.setContent(`<body style="margin:0;background:#fff">${drawTemplate(template)}`);
    await page.screenshot({ path: join(folder, `${template.stack}.png`) });
  }
  await browser.close();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { compileRelease, DEFAULTS, readAssets } = await import(new URL('../lib/index.js', import.meta.url).href);
  await writePictures(await compileRelease(DEFAULTS, readAssets()), process.argv[2] ?? 'pictures');
}
