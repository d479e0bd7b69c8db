// The compiler writes declarations of every file that it reads; only those that a user of the package sees are shipped.
import { readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a declaration imports from the package itself, as TypeScript writes it: with the ending of the source. */
const OWN_IMPORT = /((?:from |import\()['"])(\.[^'"]+)\.ts(?=['"])/g;

/**
 * Keeps the declarations in a folder that its index.d.ts leads to, and names them as every version of TypeScript reads
 * them. Removes the others, and the folders that are then empty.
 * @param {string} folder
 */
export function finishTypes(folder) {
  const kept = new Set([join(folder, 'index.d.ts')]);
  for (const file of kept) {
    const text = readFileSync(file, 'utf8');
    for (const [, , path] of text.matchAll(OWN_IMPORT)) kept.add(join(dirname(file), `${path}.d.ts`));
    writeFileSync(file, text.replace(OWN_IMPORT, '$1$2.js'));
  }
  const all = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = all.map((entry) => ({ path: join(entry.parentPath, entry.name), isFile: entry.isFile() }));
  for (const { path, isFile } of paths) if (isFile && !kept.has(path)) rmSync(path);
  // The deepest first.
  for (const { path, isFile } of paths.sort((a, b) => b.path.length - a.path.length))
    if (!isFile && readdirSync(path).length === 0) rmdirSync(path);
}
