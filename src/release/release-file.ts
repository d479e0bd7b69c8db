import { sha256 } from '../files/sha256.ts';
import { mediaType } from './media-type.ts';
import type { ReleaseFile } from './release.ts';

/** A file of these bytes, or of a text in UTF-8: with its hash, and the media type that its name tells. */
export function releaseFile(path: string, content: Uint8Array | string): ReleaseFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return { path, bytes, sha256: sha256(bytes), mediaType: mediaType(path) };
}
