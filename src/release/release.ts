/** One file of a release. */
export interface ReleaseFile {
  /** Path below the release, with `/`: `templates/cluster.yaml`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes, hex. */
  readonly sha256: string;
  readonly mediaType: string;
}

/** What is published in one piece: written once, under its version, and never changed. */
export interface Release {
  readonly version: string;
  /** Sorted by path (by code unit); manifest.json, which lists them, is not among them. */
  readonly files: readonly ReleaseFile[];
  readonly manifest: ReleaseFile;
}
