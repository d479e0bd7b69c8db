import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { refuse } from '../../diagnostics/refusal.ts';
import { sha256 } from '../../files/sha256.ts';
import { releaseFile } from '../../release/release-file.ts';
import { INDEX, type PageFile } from './page-file.ts';

/** Names of files with their hash in them. */
const HASHED = /(?:src|href)="((?:page|logo|links)\.([0-9a-f]{16})\.(?:css|js|svg|png|html))"/g;

/**
 * Reads a page that `podlaunch page` has written: the files that the page itself names, each with the hash of its name,
 * and the page itself as the last. What else is in the folder is left there.
 * @throws Refusal PL5015 for a folder without a page, PL5016 for a file that was changed or is missing
 */
export function readPage(folder: string): readonly PageFile[] {
  const index = read(folder, INDEX);
  if (!index) {
    throw refuse({
      code: 'PL5015',
      message: `There is no launch page in ${folder}.`,
      hint: 'Make one first: podlaunch page --out FOLDER.',
    });
  }
  const names = new TextDecoder().decode(index).matchAll(HASHED);
  const assets = [...names].map(([, path, hash]) => {
    const bytes = read(folder, path!);
    if (bytes && sha256(bytes).startsWith(hash!)) return releaseFile(path!, bytes);
    throw refuse({
      code: 'PL5016',
      message: `${join(folder, path!)} is not the file that the page was made with.`,
      hint: 'Make the page again: podlaunch page.',
    });
  });
  return [...assets, releaseFile(INDEX, index)];
}

/** Whether the links of a page lead to templates in a bucket. */
export function leadsTo(files: readonly PageFile[], bucket: string): boolean {
  return new TextDecoder().decode(files.at(-1)!.bytes).includes(`https://${bucket}.s3.`);
}

function read(folder: string, path: string): Uint8Array | undefined {
  try {
    return readFileSync(join(folder, path));
  } catch {
    return undefined;
  }
}
