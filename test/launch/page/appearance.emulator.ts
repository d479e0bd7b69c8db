import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasChromium, startChromium } from '../../support/chromium.ts';
import { PRICES, pageInput } from './a-page.ts';
import { comparedWithGolden } from './golden.ts';
import { type OpenOptions, type Site, serve } from './opened-page.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** One font for all machines: a picture of the page is compared with one that was drawn elsewhere. */
const FONT = '\n* { font-family: "DejaVu Sans", sans-serif !important; }\n';

const LOGO = new TextEncoder().encode(
  '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40"><rect width="120" height="40" rx="8" fill="#7a1fa2"/></svg>',
);

const SIZES = [320, 768, 1280];
const SCHEMES = ['light', 'dark'] as const;

describe.skipIf(!hasChromium())('how the launch page looks', () => {
  let browser: Browser;
  let fixed: Site;
  let site: Site;
  beforeAll(async () => {
    browser = await startChromium();
    const look = { title: 'Launch a cluster for physics', publisher: 'Research Computing', colour: '#7a1fa2' };
    const change = { look: { ...look, logo: { bytes: LOGO, kind: 'svg' as const } }, prices: PRICES };
    fixed = await serve(change, FONT);
    site = await serve({ ...change, templates: pageInput().templates }, FONT);
  });
  afterAll(async () => {
    await browser?.close();
    fixed?.close();
    site?.close();
  });

  async function on<T>(options: OpenOptions, act: (page: Page) => Promise<T>, where = site): Promise<T> {
    const opened = await where.open(browser, options);
    return act(opened.page).finally(opened.close);
  }

  describe.each(SCHEMES)('%s', (colorScheme) => {
    test.each(SIZES)('%d pixels wide: nothing is cut off, and it is as somebody has seen it', (width) =>
      on(
        { colorScheme, viewport: { width, height: 900 }, deviceScaleFactor: 0.5 },
        async (page) => {
          await page.getByLabel('Name of the stack').fill('-');
          expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
          const picture = await page.screenshot({
            fullPage: true,
            type: 'jpeg',
            quality: 60,
            animations: 'disabled',
            caret: 'hide',
          });
          const { share, sizes } = await comparedWithGolden(browser, `${width}-${colorScheme}`, picture);
          const [wide, high] = sizes
            .map((size) => size.split('x').map(Number))
            .reduce(([a, b], [c, d]) => [a! / c!, b! / d!]);
          expect(wide).toBe(1);
          expect(Math.abs(high! - 1)).toBeLessThan(0.02);
          expect(share).toBeLessThan(0.02);
        },
        fixed,
      ),
    );

    test.each([
      ['as it is opened', ''],
      ['with everything open, and a fault', 'region=eu-west-1&p.NodeBucketName=x'],
    ])('axe finds nothing, %s', (_, fragment) =>
      // axe makes elements of its own, which the page's policy would refuse.
      on({ colorScheme, fragment, bypassCSP: true }, async (page) => {
        if (fragment !== '') {
          await page.getByLabel('Name', { exact: true }).fill('-');
          await page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true");
        }
        await page.evaluate(AXE);
        const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
        const violations = await page.evaluate<{ id: string; nodes: { html: string }[] }[]>(
          `axe.run({ runOnly: ${JSON.stringify(tags)} }).then(({ violations }) => violations)`,
        );
        expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([]);
      }),
    );
  });

  test('without JavaScript there are all links, and no control that does nothing', () =>
    on({ javaScriptEnabled: false }, async (page) => {
      expect(await page.locator('#go').getAttribute('href')).toContain('us-west-2.console.aws.amazon.com');
      expect(await page.locator('#links a[target]:visible').count()).toBe(6);
      expect(await page.locator('input:visible, select:visible, button:visible').count()).toBe(0);
      expect(await page.getByText('ssh YOUR-NAME@').isVisible()).toBe(true);
      const [first] = await page.getByRole('heading').allInnerTexts();
      expect(first).toBe('Launch a cluster for physics');
      await page.getByRole('link', { name: 'The links of every region' }).click();
      expect(await page.locator('main a[target]:visible').count()).toBe(12);
      await page.getByRole('link', { name: 'Launch cluster in eu-west-1' }).waitFor();
      await page.getByRole('link', { name: 'Back to the page' }).click();
      await page.locator('#go').waitFor();
    }));

  test('on paper there are no controls, and links say where they lead', () =>
    on({}, async (page) => {
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('button:visible, #region:visible').count()).toBe(0);
      const after = "getComputedStyle(document.querySelector('#links a'), '::after').content";
      expect(await page.evaluate(after)).toContain('https://us-west-2.console.aws.amazon.com/');
    }));

  test('the logo is shown, and is a picture only', () =>
    on({}, async (page) => {
      await page.getByRole('img', { name: 'Research Computing' }).waitFor();
      expect(await page.evaluate("document.querySelector('header img').naturalWidth")).toBe(120);
    }));
});
