// The licences of the packages whose code is in lib/: theirs ask that the text goes along.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The text of THIRD-PARTY-LICENSES: each package that a bundle took files from, with its licence.
 * @param {Iterable<string>} inputs files of the bundle, as esbuild's metafile names them @param {string} root what they are relative to
 * @returns {string}
 * @throws Error for a package without a licence
 */
export function licenses(inputs, root) {
  const folders = new Set([...inputs].flatMap((file) => packageFolder(join(root, file)) ?? []));
  const entries = [...folders].map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((each) => /^(?:licen[cs]e|copying)/i.test(each));
    if (!license && !file) throw new Error(`${name} ${version} is bundled and has no licence`);
    const text = file === undefined ? `License: ${license}` : readFileSync(join(folder, file), 'utf8').trim();
    return `${name} ${version}\n\n${text}\n`;
  });
  const intro = 'podlaunch (Apache-2.0) contains code of these packages.\n';
  return [intro, ...entries.toSorted()].join(`\n${'-'.repeat(80)}\n\n`);
}

/** The folder of the installed package that a file belongs to; undefined for a file of our own. @param {string} file */
function packageFolder(file) {
  if (!file.includes('/node_modules/')) return undefined;
  // Folders inside a package may have a package.json that only says "type".
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name) return folder;
  }
}
