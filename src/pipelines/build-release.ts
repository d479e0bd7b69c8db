import type { Assets } from '../assets/assets.ts';
import { compileRelease } from '../compile/compile-release.ts';
import type { CompiledTemplate } from '../compile/compiled-template.ts';
import type { Config } from '../config/config.ts';
import { releasePrefix } from '../release/layout.ts';
import { makeRelease } from '../release/make-release.ts';
import type { Release, ReleaseFile } from '../release/release.ts';
import type { ReleaseLocation } from '../stacks/release-location.ts';
import { builtFrom } from './built-from.ts';
import { releaseVersion } from './release-version.ts';

/** A bucket, and the prefix (empty, or ending in `/`) below which releases are in it. */
export type ReleaseHome = Omit<ReleaseLocation, 'keyPrefix'> & { readonly prefix: string };

/** A release, and the templates in it as validation and links want them. */
export interface BuiltRelease {
  readonly release: Release;
  readonly templates: readonly CompiledTemplate[];
}

/**
 * Compiles a release in memory.
 * @param home the bucket that it will be in, which the templates then name; left out for a folder
 * @param others files that it has beside templates and assets
 * @throws Refusal PL4001 for a version that cannot be a part of a key
 */
export async function buildRelease(
  config: Config,
  assets: Assets,
  home?: ReleaseHome,
  others: readonly ReleaseFile[] = [],
): Promise<BuiltRelease> {
  const version = await releaseVersion(config, assets, others);
  const location = home && {
    bucketName: home.bucketName,
    bucketRegion: home.bucketRegion,
    keyPrefix: home.prefix + releasePrefix(version),
  };
  const templates = await compileRelease(config, assets, location);
  return { release: makeRelease(version, templates, assets, builtFrom(config), others), templates };
}
