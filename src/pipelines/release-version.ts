import type { Assets } from '../assets/assets.ts';
import type { Config } from '../config/config.ts';
import { contentsHash, type KnownVersion, knownVersion } from '../release/known-version.ts';
import type { ReleaseFile } from '../release/release.ts';
import { derivedVersion } from '../release/version.ts';
import { VERSION } from '../version.ts';
import { builtFrom } from './built-from.ts';
import { compiledAnywhere } from './compiled-anywhere.ts';

/**
 * The version that a release of this configuration has: the configured one, else one that changes with any edit,
 * wherever it is published. That of the defaults is known since podlaunch was built; of others the templates are compiled.
 */
export async function releaseVersion(
  config: Config,
  assets: Assets,
  others: readonly ReleaseFile[] = [],
): Promise<string> {
  const { version } = config.release;
  if (version !== undefined) return version;
  return knownVersion(contentsOf(config, assets, others)) ?? (await versionNow(config, assets, others)).version;
}

/** What the build keeps of a configuration: scripts/version-ahead.mjs. */
export async function versionNow(
  config: Config,
  assets: Assets,
  others: readonly ReleaseFile[] = [],
): Promise<KnownVersion> {
  const version = derivedVersion(VERSION, await compiledAnywhere(config, assets), assets, builtFrom(config), others);
  return { contents: contentsOf(config, assets, others), version };
}

/** What a release is made of beside podlaunch itself. */
function contentsOf(config: Config, assets: Assets, others: readonly ReleaseFile[]): string {
  return contentsHash(builtFrom(config), assets, others);
}
