import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

const run = promisify(execFile);

/** Debian's browser, and the font that the golden images are drawn in. */
const PACKAGES = ['chromium', 'fonts-dejavu-core'];

const isRoot = process.getuid?.() === 0;

/** Where Chromium is; undefined where there is none. */
function find(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, 'chromium')).find((file) => existsSync(file));
}

function canInstall(): boolean {
  return isRoot && existsSync('/usr/bin/apt-get');
}

/**
 * Whether there is a Chromium, or one can be installed: `describe.skipIf(!hasChromium())`. In CI nothing may be skipped,
 * so there it throws.
 */
export function hasChromium(): boolean {
  if (find() !== undefined || canInstall()) return true;
  const line = 'chromium is missing: the tests of the launch page are skipped.';
  if (process.env['CI']) throw new Error(line);
  console.warn(line);
  return false;
}

/** Starts a headless Chromium; as root on Debian it is installed where it is missing. The caller closes it. */
export async function startChromium(): Promise<Browser> {
  const executablePath = find() ?? (await install());
  // Chromium's sandbox does not start for root.
  return chromium.launch({ executablePath, args: isRoot ? ['--no-sandbox'] : [] });
}

/** Several files of tests may want it at once: apt waits for its own lock. */
async function install(): Promise<string> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args: readonly string[]) => run('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=300', ...args], { env });
  await apt('update').catch(() => undefined);
  await apt('install', '-y', '--no-install-recommends', ...PACKAGES);
  return find()!;
}
