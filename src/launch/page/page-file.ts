import { sha256 } from '../../files/sha256.ts';
import type { ReleaseFile } from '../../release/release.ts';
import { releaseFile } from '../../release/release-file.ts';

/** A file of the page's folder. */
export type PageFile = ReleaseFile;

/** Name of the page itself: the only file whose content changes under its name. */
export const INDEX = 'index.html';

/** A file with its hash in its name: `page.0123456789abcdef.css`. */
export function hashedFile(name: string, kind: string, content: Uint8Array | string): PageFile {
  return releaseFile(`${name}.${sha256(content).slice(0, 16)}.${kind}`, content);
}
