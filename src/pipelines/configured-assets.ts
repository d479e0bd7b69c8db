import { resolve } from 'node:path';
import type { Assets } from '../assets/assets.ts';
import { ownLifecycleScripts } from '../assets/own-folder.ts';
import { readAssets } from '../assets/read-assets.ts';
import type { Config } from '../config/config.ts';

/** What travels with the templates of a configuration, and the folder that it was read from. */
export interface ConfiguredAssets {
  readonly assets: Assets;
  readonly folder: string;
}

/**
 * Reads the scripts that a configuration publishes: its own, or podlaunch's.
 * @param cwd what `lifecycleScripts` is relative to
 * @throws Refusal as `readAssets` does
 */
export function configuredAssets({ lifecycleScripts }: Config, cwd: string): ConfiguredAssets {
  const folder = lifecycleScripts === undefined ? ownLifecycleScripts() : resolve(cwd, lifecycleScripts);
  return { assets: readAssets(folder), folder };
}
