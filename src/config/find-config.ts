import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { nearest } from '../diagnostics/nearest.ts';
import { type Refusal, refuse } from '../diagnostics/refusal.ts';

/** The name of the configuration that is read when none is given. */
export const CONFIG_FILE = 'podlaunch.yaml';

/**
 * Finds the configuration of a folder: its own podlaunch.yaml, else that of the nearest folder above it within the same
 * git repository.
 * @returns its path relative to the folder; undefined where there is none, and the defaults are meant
 * @throws Refusal PL1014 for a file that has almost the right name, PL1015 for a podlaunch.yaml above a folder that is in no repository
 */
export function findConfig(cwd: string): string | undefined {
  const above = foldersFrom(cwd);
  const root = above.findIndex((folder) => existsSync(join(folder, '.git')));
  const searched = above.slice(0, Math.max(root, 0) + 1);
  for (const folder of searched) {
    if (existsSync(join(folder, CONFIG_FILE))) return relative(cwd, join(folder, CONFIG_FILE));
    const like = namesIn(folder).find(isNear);
    if (like !== undefined) throw wrongName(relative(cwd, join(folder, like)));
  }
  const outside = root < 0 && above.slice(1).find((folder) => existsSync(join(folder, CONFIG_FILE)));
  if (outside) throw notMeant(relative(cwd, join(outside, CONFIG_FILE)));
  return undefined;
}

/** A folder and all folders above it, from the inside out. */
function foldersFrom(folder: string): readonly string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...foldersFrom(parent)];
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/** Whether a file's name is a slip for podlaunch.yaml: another ending, another case, one letter wrong, a dot before it. */
function isNear(name: string): boolean {
  const [, stem = ''] = /^\.?(.*?)\.(?:ya?ml|json|toml)(?:\.txt)?$/i.exec(name) ?? [];
  return Math.abs(stem.length - 'podlaunch'.length) <= 1 && nearest(stem, ['podlaunch']) !== undefined;
}

function wrongName(file: string): Refusal {
  return refuse({
    code: 'PL1014',
    message: `${file} is not read: the configuration must be called ${CONFIG_FILE}.`,
    hint: `Rename it to ${CONFIG_FILE}, or name it: --config ${file}.`,
  });
}

function notMeant(file: string): Refusal {
  return refuse({
    code: 'PL1015',
    message: `There is no ${CONFIG_FILE} in this folder, but there is ${file}.`,
    hint: `To use it: --config ${file}. For another configuration in this folder: podlaunch init. (Folders above are searched only within a git repository.)`,
  });
}
