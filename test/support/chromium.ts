import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { findChromium, openChromium } from '../../scripts/chromium.mjs';

const run = promisify(execFile);

/** Debian's browser, and the font that the golden images are drawn in. */
const PACKAGES = ['chromium', 'fonts-dejavu-core'];

function canInstall(): boolean {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

/**
 * Whether there is a Chromium, or one can be installed: `describe.skipIf(!hasChromium())`. In CI nothing may be skipped,
 * so there it throws.
 */
export function hasChromium(): boolean {
  if (findChromium() !== undefined || canInstall()) return true;
  const line = 'chromium is missing: the tests of the launch page are skipped.';
  if (process.env['CI']) throw new Error(line);
  console.warn(line);
  return false;
}

/** Starts a headless Chromium; as root on Debian it is installed where it is missing. The caller closes it. */
export async function startChromium(): Promise<Browser> {
  if (findChromium() === undefined) await install();
  return openChromium();
}

/** Several files of tests may want it at once: apt waits for its own lock. */
async function install(): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args: readonly string[]) => run('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=300', ...args], { env });
  await apt('update').catch(() => undefined);
  await apt('install', '-y', '--no-install-recommends', ...PACKAGES);
}
