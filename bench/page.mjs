// Measures the launch page in Chromium: what it loads, and when its first words are painted, with and without the script.
// Usage: node page.mjs [ROUNDS]; needs a chromium in the PATH. It prints a section of RESULTS.md.
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openChromium } from '../scripts/chromium.mjs';
import { fromSource } from '../scripts/from-source.mjs';
import { median } from './measure.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const [KILOBYTE, GOAL] = [1000, 100];

/**
 * Opens the page once, with nothing in the browser's cache.
 * @param {import('playwright-core').Browser} browser @param {string} url @param {boolean} javaScriptEnabled
 */
async function opened(browser, url, javaScriptEnabled) {
  const context = await browser.newContext({ javaScriptEnabled });
  const page = await context.newPage();
  /** @type {Promise<number>[]} */
  const sizes = [];
  page.on('response', (response) => {
    if (response.url().startsWith(new URL(url).origin))
      sizes.push(
        response.body().then(
          ({ length }) => length,
          () => 0,
        ),
      );
  });
  await page.goto(url);
  const paint = await firstPaint(page);
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  await context.close();
  return { paint, bytes };
}

/**
 * When the first words were painted, in milliseconds from the start of the visit. The browser says so a moment later.
 * @param {import('playwright-core').Page} page @returns {Promise<number>}
 */
async function firstPaint(page) {
  for (;;) {
    const time = await page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime");
    if (typeof time === 'number') return time;
    await sleep(10);
  }
}

/**
 * The section about the page, as Markdown.
 * @param {number} rounds @returns {Promise<string>}
 */
export async function pageFigures(rounds) {
  const modules = [
    'test/launch/page/opened-page.ts',
    'test/launch/page/a-page.ts',
    'src/aws/generated/region-offers.ts',
  ];
  const { serve, pageInput, REGION_OFFERS } = await fromSource(root, modules);
  const all = Object.keys(REGION_OFFERS).filter((region) => Object.keys(REGION_OFFERS[region].nodes).length > 20);
  const browser = await openChromium();
  const rows = [];
  for (const regions of [all.slice(0, 2), all]) {
    const site = await serve({ templates: pageInput().templates, regions });
    for (const withScript of [true, false]) {
      const runs = [];
      for (let round = 0; round <= rounds; round++)
        runs.push(await opened(browser, `${site.url}/index.html`, withScript));
      const [, ...warm] = runs;
      const bytes = median(warm.map((run) => run.bytes)) / KILOBYTE;
      const paint = median(warm.map((run) => run.paint));
      rows.push(
        `| ${regions.length} | ${withScript ? 'with' : 'without'} | ${bytes.toFixed(1)} | ${paint.toFixed(0)} |`,
      );
    }
    site.close();
  }
  await browser.close();
  return `## The launch page

A page of six stacks without prices, from a server on the same machine, in Chromium, with nothing in its cache; medians of ${rounds} visits.
The goal is ${GOAL} KB at most. Nothing is compressed.

| regions | script | loaded, KB | first contentful paint, ms |
| ---: | --- | ---: | ---: |
${rows.join('\n')}
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await pageFigures(Number(process.argv[2] ?? 11)));
