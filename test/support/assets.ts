import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Assets } from '../../src/assets/assets.ts';
import { readAssets } from '../../src/assets/read-assets.ts';
import { ENTRY_PATH, LIST_PATH, namedEntryPath } from '../../src/functions/lib/node-folder.ts';

/** What travels with the templates when these files are in the folder of the scripts, by path. */
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

/** What the copy function makes of them for the nodes: path below the hash, and text. */
export function copiesOf({ files, json, sha256 }: Assets): Readonly<Record<string, string>> {
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();
  const entry = files.find(({ path }) => path === ENTRY_PATH);
  return {
    ...Object.fromEntries(files.map(({ path, bytes }) => [`${sha256}/${path}`, text(bytes)])),
    ...(entry && { [`${sha256}/${namedEntryPath(sha256)}`]: text(entry.bytes) }),
    [`${sha256}/${LIST_PATH}`]: json,
  };
}
