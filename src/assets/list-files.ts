import { readdirSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { refuse } from '../diagnostics/refusal.ts';

/** What Python, editors and tests leave in the folder: it is of no use on a node. */
const IGNORED = /^\.|^__pycache__$|^tests?$|\.pyc$|~$/;

/**
 * The files below a folder, as paths with `/`, sorted by code unit; dotfiles, caches and tests are left out. A link to
 * a file of the same folder counts as a file. Throws a Refusal for a name that is no good as a key (PL2002), for a
 * link that leads elsewhere (PL2003), and for a device, pipe or socket (PL2004).
 */
export function listFiles(folder: string): readonly string[] {
  const root = realpathSync(folder);
  const files: string[] = [];
  const walk = (below: string): void => {
    // The kinds of the entries come with their names: no file is asked for its own.
    for (const entry of readdirSync(`${root}/${below}`, { encoding: 'buffer', withFileTypes: true })) {
      const name = decodeName(entry.name, () => join(folder, below));
      if (IGNORED.test(name)) continue;
      const path = below === '' ? name : `${below}/${name}`;
      if (entry.isDirectory()) walk(path);
      else if (entry.isFile() || (entry.isSymbolicLink() && checkLink(root, path, folder))) files.push(path);
      else
        throw refuse({
          code: 'PL2004',
          message: `${join(folder, path)} is neither a file nor a folder.`,
          hint: 'Remove it.',
        });
    }
  };
  walk('');
  return files.sort((a, b) => (a < b ? -1 : 1));
}

function decodeName(raw: Buffer, folder: () => string): string {
  const name = raw.toString('utf8');
  if (Buffer.from(name).equals(raw) && !/[\\\u0000-\u001f\u007f]/.test(name)) return name;
  throw refuse({
    code: 'PL2002',
    message: `A name in ${folder()} is not UTF-8, or contains a backslash or a control character: ${JSON.stringify(name)}.`,
    hint: 'Rename the file.',
  });
}

/** True for a link to a file of the folder; S3 has no links, so the file's content is what travels. */
function checkLink(root: string, path: string, folder: string): true {
  const target = resolved(join(root, path));
  if (target?.startsWith(root + sep) && statSync(target).isFile()) return true;
  throw refuse({
    code: 'PL2003',
    message: `The link ${join(folder, path)} leads nowhere, to a folder, or out of ${folder}.`,
    hint: 'Put the file itself there.',
  });
}

function resolved(link: string): string | undefined {
  try {
    return realpathSync(link);
  } catch {
    return undefined;
  }
}
