import type { ReleaseFile } from '../../release/release.ts';

/** A file as a listing of a store shows it. */
export interface StoredEntry {
  readonly size: number;
  /** The MD5 of the bytes in hex, or something else that changes with them. */
  readonly etag: string;
}

/** A file as a store gives it back. */
export interface StoredFile {
  readonly bytes: Uint8Array;
  readonly etag: string;
  /** When it was written, by the clock of the store. */
  readonly writtenAt: Date;
}

/** What is written under a key. */
export type FileContent = Pick<ReleaseFile, 'bytes' | 'sha256' | 'mediaType'>;

/**
 * Where releases are published to: as much of S3 as publishing needs. Keys are below the store's own prefix. What is
 * written is there whole or not at all. Every function throws a Refusal with a code of its own when the store fails.
 */
export interface Store {
  /** How messages name the place: `s3://my-bucket/podlaunch`. */
  readonly name: string;
  /** All files whose key starts with the prefix. */
  list(prefix: string): Promise<ReadonlyMap<string, StoredEntry>>;
  /** Names of what is directly below a prefix that ends in `/`. */
  folders(prefix: string): Promise<readonly string[]>;
  /** A file; undefined where there is none, `larger` where it has more bytes than the limit. */
  get(key: string, limit: number): Promise<StoredFile | 'larger' | undefined>;
  /** Writes a file that never changes again; false, with nothing changed, when there is one under the key. */
  putIfAbsent(key: string, file: FileContent): Promise<boolean>;
  /** Writes a file over the one that has the etag, or where there is none (undefined); false when it is no longer so. */
  replace(key: string, file: FileContent, etag: string | undefined): Promise<boolean>;
  /** Ends the connections. */
  close(): void;
}
