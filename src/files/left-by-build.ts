import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** lib/, from the bundle that is in it and from one in a folder of it. */
const FOLDERS = ['./', '../'];

/** A file that podlaunch's build has left beside the bundle, by its path there. In the source tree there is none. */
export function leftByBuild(path: string): string | undefined {
  const places = FOLDERS.map((folder) => fileURLToPath(new URL(folder + path, import.meta.url)));
  return places.find((place) => existsSync(place));
}
