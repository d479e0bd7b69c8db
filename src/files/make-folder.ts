import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it that are missing. Node's own recursion never ends where the folder above exists and
 * takes none (`/proc/x`), so it is not used.
 * @throws Node's error, which names the path, when the operating system refuses
 */
export function makeFolder(folder: string): void {
  const missing: string[] = [];
  for (let path = folder; !existsSync(path) && dirname(path) !== path; path = dirname(path)) missing.unshift(path);
  for (const path of missing) {
    try {
      mkdirSync(path);
    } catch (failure) {
      // Somebody else may have made it in the meantime.
      if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw failure;
    }
  }
}
