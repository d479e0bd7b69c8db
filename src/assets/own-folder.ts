import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** podlaunch's own lifecycle-scripts/, from a clone's src/ as well as from the bundle in lib/. */
export function ownLifecycleScripts(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return join(folder, 'lifecycle-scripts');
}
