import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Assets } from '../../src/assets/assets.ts';
import { readAssets } from '../../src/assets/read-assets.ts';

/** What travels with the templates when the folder of the scripts holds these files, by path. */
export function assetsOf(files: Readonly<Record<string, string | Uint8Array>>): Assets {
  const folder = mkdtempSync(join(tmpdir(), 'podlaunch-scripts-'));
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    return readAssets(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
