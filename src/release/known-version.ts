import { readFileSync } from 'node:fs';
import { leftByBuild } from '../files/left-by-build.ts';
import { sha256 } from '../files/sha256.ts';
import type { ReleaseFile } from './release.ts';

/** A version, and the hash of what it is the version of. */
export interface KnownVersion {
  readonly contents: string;
  readonly version: string;
}

/** A hash of what a release is made of, podlaunch itself aside: settings of the templates, scripts, other files. */
export function contentsHash(
  settings: object,
  assets: { readonly sha256: string },
  others: readonly ReleaseFile[],
): string {
  return sha256(JSON.stringify([settings, assets.sha256, others.map(({ path, sha256: sum }) => [path, sum])]));
}

/** The version of these contents, where podlaunch's build has worked it out: scripts/version-ahead.mjs. */
export function knownVersion(wanted: string): string | undefined {
  const file = leftByBuild('known-version.json');
  if (file === undefined) return undefined;
  const { contents, version }: KnownVersion = JSON.parse(readFileSync(file, 'utf8'));
  return contents === wanted ? version : undefined;
}
