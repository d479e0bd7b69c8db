import { createHash } from 'node:crypto';

/** SHA-256 in hex, of bytes or of a text in UTF-8. */
export function sha256(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}
