import { createHash } from 'node:crypto';
import { Fault } from './fault.ts';

/** A file that assets.json lists. */
export interface ListedFile {
  readonly path: string;
  readonly sha256: string;
  readonly size: number;
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Reads assets.json once its hash is proved to be the one in the template. Throws a Fault when it is another file, or no list. */
export function readAssetList(bytes: Uint8Array, expected: string, place: string): readonly ListedFile[] {
  const actual = sha256(bytes);
  if (actual !== expected) {
    throw new Fault(
      `${place} is not the list this template was published with: its SHA-256 is ${actual}, not ${expected}. ` +
        'Use the template and the files of one release.',
    );
  }
  const { schemaVersion, files } = JSON.parse(Buffer.from(bytes).toString());
  if (schemaVersion !== 1) throw new Fault(`${place} has version ${schemaVersion}; this template knows version 1.`);
  for (const { path } of files) {
    if (!isSafe(path)) throw new Fault(`${place} lists ${JSON.stringify(path)}, which leads out of the release.`);
  }
  return files;
}

function isSafe(path: unknown): boolean {
  if (typeof path !== 'string' || /[\\\x00-\x1f\x7f]/.test(path)) return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}
