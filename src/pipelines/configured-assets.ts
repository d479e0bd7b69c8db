import { resolve } from 'node:path';
import type { Assets } from '../assets/assets.ts';
import { ownLifecycleScripts } from '../assets/own-folder.ts';
import { readAssets } from '../assets/read-assets.ts';
import type { Config } from '../config/config.ts';
import { readPriceFile } from '../launch/prices/read-price-file.ts';
import { PRICES } from '../release/layout.ts';
import type { ReleaseFile } from '../release/release.ts';
import { releaseFile } from '../release/release-file.ts';

/** What travels with the templates of a configuration, and the folder that it was read from. */
export interface ConfiguredAssets {
  readonly assets: Assets;
  readonly folder: string;
  /** What the configuration puts beside them: the price file. */
  readonly others: readonly ReleaseFile[];
}

/**
 * Reads the scripts that a configuration publishes, its own or podlaunch's, and its price file.
 * @param cwd what paths of the configuration are relative to
 * @throws Refusal as `readAssets` does, and PL5019
 */
export function configuredAssets({ lifecycleScripts, release: { prices } }: Config, cwd: string): ConfiguredAssets {
  const folder = lifecycleScripts === undefined ? ownLifecycleScripts() : resolve(cwd, lifecycleScripts);
  const others = prices === undefined ? [] : [releaseFile(PRICES, readPriceFile(resolve(cwd, prices)))];
  return { assets: readAssets(folder), folder, others };
}
