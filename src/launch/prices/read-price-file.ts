import { readFileSync } from 'node:fs';
import { parsePriceFile } from './price-file.ts';

/**
 * The bytes of a price file that is to be published.
 * @throws Refusal PL5019 for one that is not there, or is none
 */
export function readPriceFile(path: string): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch {
    bytes = new Uint8Array();
  }
  parsePriceFile(bytes, path);
  return bytes;
}
