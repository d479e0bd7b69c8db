import { refuse } from '../diagnostics/refusal.ts';
import { fields, isSha256, parseJson } from './read-json.ts';
import type { ReleaseFile } from './release.ts';

/** A file as manifest.json lists it. */
export interface ManifestFile {
  readonly path: string;
  readonly sha256: string;
  readonly size: number;
  readonly mediaType: string;
}

/** manifest.json: the claim of a version, and the proof of its files. */
export interface Manifest {
  readonly schemaVersion: 1;
  readonly version: string;
  readonly files: readonly ManifestFile[];
}

/** A manifest of the most files that a release can have, with the longest paths, is smaller. */
export const MANIFEST_BYTES: number = 1024 * 1024;

/** The text of manifest.json. */
export function manifestText(version: string, files: readonly ReleaseFile[]): string {
  const manifest: Manifest = {
    schemaVersion: 1,
    version,
    files: files.map(({ path, sha256, bytes, mediaType }) => ({ path, sha256, size: bytes.length, mediaType })),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/**
 * Reads a manifest.json that is in a store.
 * @param place how a message names the file
 * @throws Refusal PL4002 when it is not one of this version
 */
export function parseManifest(bytes: Uint8Array | 'larger', version: string, place: string): Manifest {
  const manifest = bytes === 'larger' ? undefined : parseJson(bytes);
  if (isManifest(manifest) && manifest.version === version) return manifest;
  throw refuse({
    code: 'PL4002',
    message: `${place} is not the manifest of release ${version}.`,
    hint: 'Something else wrote there, or a newer podlaunch did. Choose another version, or publish to another prefix.',
  });
}

function isManifest(value: unknown): value is Manifest {
  const { schemaVersion, version, files } = fields(value);
  return schemaVersion === 1 && typeof version === 'string' && Array.isArray(files) && files.every(isManifestFile);
}

function isManifestFile(value: unknown): value is ManifestFile {
  const { path, sha256, size, mediaType } = fields(value);
  return (
    typeof path === 'string' &&
    !/[\x00-\x1f\x7f-\x9f\\]/.test(path) &&
    path.split('/').every((name) => name !== '' && name !== '.' && name !== '..') &&
    isSha256(sha256) &&
    Number.isSafeInteger(size) &&
    (size as number) >= 0 &&
    typeof mediaType === 'string'
  );
}
