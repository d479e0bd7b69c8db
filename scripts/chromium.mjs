// The Chromium of the machine, for scripts that draw or measure.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

/**
 * Starts the Chromium that is in the PATH, headless. The caller closes it.
 * @returns {Promise<import('playwright-core').Browser>}
 * @throws Error where there is none
 */
export async function openChromium() {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const executablePath = folders.map((one) => join(one, 'chromium')).find((file) => existsSync(file));
  if (executablePath === undefined) throw new Error('There is no chromium in the PATH.');
  // Chromium's sandbox does not start for root.
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
}
