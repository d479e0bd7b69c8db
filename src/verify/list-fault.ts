import type { ManifestFile } from '../release/manifest.ts';

/**
 * What is wrong with a list of a release's files, to follow its name; undefined where it has each file of the manifest with
 * its hash, and no other.
 * @param listed names and SHA-256 as the list has them: somebody else may have written it
 */
export function listFault(
  listed: readonly (readonly [name: unknown, sha256: unknown])[],
  files: readonly ManifestFile[],
): string | undefined {
  const hashes = new Map(listed);
  const wrong = files.find(({ path, sha256 }) => hashes.get(path) !== sha256);
  if (wrong) return `says something else of ${wrong.path} than the manifest`;
  return listed.length === files.length ? undefined : 'lists files that the manifest does not';
}
