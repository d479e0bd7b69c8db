import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { refuse } from '../diagnostics/refusal.ts';
import { isVersion, MANIFEST } from '../release/layout.ts';
import { fields, parseJson } from '../release/read-json.ts';
import type { FolderTarget } from '../release/target.ts';

/**
 * What a folder is: a copy of one release, with its manifest.json, or a place with several.
 * @throws Refusal PL7001 for a manifest.json that names no version
 */
export function releaseFolder(folder: string): FolderTarget {
  const file = join(folder, MANIFEST);
  if (!existsSync(file)) return { kind: 'folder', folder };
  const { version } = fields(parseJson(readFileSync(file)));
  if (isVersion(version)) return { kind: 'folder', folder, onlyVersion: version };
  throw refuse({
    code: 'PL7001',
    message: `${file} is not the manifest of a release.`,
    hint: 'Name a folder with releases/ in it, or a copy of one release.',
  });
}
