/** Where a release has the list of what travels with its templates. */
export const ASSETS_JSON = 'assets.json';

/** One file that travels with the templates. */
export interface AssetFile {
  /** Path below the release, with `/`: `lifecycle-scripts/on_init_complete.sh`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes, hex. */
  readonly sha256: string;
}

/** The files that travel with the templates, and the list that proves them. */
export interface Assets {
  /** Sorted by path (by code unit). */
  readonly files: readonly AssetFile[];
  /** The text of assets.json: `{schemaVersion: 1, files: [{path, sha256, size}]}`. */
  readonly json: string;
  /** SHA-256 of that text, hex: it is in the templates. */
  readonly sha256: string;
}
