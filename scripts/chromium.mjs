// The Chromium of the machine, for scripts that draw or measure, and for tests.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

/** Where Chromium is; undefined where the PATH has none. @returns {string | undefined} */
export function findChromium() {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, 'chromium')).find((file) => existsSync(file));
}

/**
 * Starts the Chromium that is in the PATH, headless. The caller closes it.
 * @returns {Promise<import('playwright-core').Browser>}
 * @throws Error where there is none
 */
export async function openChromium() {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('There is no chromium in the PATH.');
  // Chromium's sandbox does not start for root.
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
}
