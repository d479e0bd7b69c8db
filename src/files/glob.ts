import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';

/** Whether a name has marks that a shell would expand. */
export function isGlob(name: string): boolean {
  return /[*?[]/.test(name);
}

/** The folder that a pattern begins with: `dist` of `dist/*.yaml`, `.` of `*.yaml`. */
export function globBase(pattern: string): string {
  const plain = pattern.slice(0, pattern.search(/[*?[]/));
  return plain.slice(0, plain.lastIndexOf('/') + 1) || '.';
}

/**
 * The files that a pattern names, in order, as it writes them: `*` and `?` stay within a name, `**` is any folders,
 * `[a-z]` one of these. Names that begin with a dot are found only by a pattern that does. A file that has the pattern
 * for its name is that file. For shells that hand patterns on as they are: cmd.exe, PowerShell, and any between quotes.
 */
export function expandGlob(pattern: string, cwd: string): readonly string[] {
  if (existsSync(resolve(cwd, pattern))) return [pattern];
  const root = /^(?:[A-Za-z]:)?[\\/]+/.exec(pattern)?.[0] ?? '';
  const steps = pattern.slice(root.length).split(process.platform === 'win32' ? /[\\/]+/ : /\/+/);
  return [...new Set(matching(root, steps, cwd))].sort();
}

/** The files below a folder, written with `/` at its end, that the steps lead to. */
function matching(folder: string, [step, ...rest]: readonly string[], cwd: string): readonly string[] {
  if (step === undefined) return [];
  if (step === '**') {
    const below = entries(folder, cwd).filter((one) => one.isDirectory() && !one.name.startsWith('.'));
    return [
      ...matching(folder, rest, cwd),
      ...below.flatMap(({ name }) => matching(`${folder}${name}/`, [step, ...rest], cwd)),
    ];
  }
  if (!isGlob(step)) {
    const path = `${folder}${step}`;
    if (rest.length > 0) return matching(`${path}/`, rest, cwd);
    return existsSync(resolve(cwd, path)) ? [path] : [];
  }
  const pattern = toPattern(step);
  const found = entries(folder, cwd).filter(
    ({ name }) => pattern.test(name) && (step.startsWith('.') || !name.startsWith('.')),
  );
  return rest.length === 0
    ? found.filter((one) => !one.isDirectory()).map(({ name }) => `${folder}${name}`)
    : found.filter((one) => !one.isFile()).flatMap(({ name }) => matching(`${folder}${name}/`, rest, cwd));
}

function entries(folder: string, cwd: string) {
  try {
    return readdirSync(resolve(cwd, folder), { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Stars in a row are one: each more would double the ways of dividing a name. */
function toPattern(step: string): RegExp {
  const parts = step.replace(/\*+/g, '*').match(/\[!?[^\]]+\]|[\s\S]/g) ?? [];
  const source = parts.map((part) => {
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    if (part.length > 1)
      return `[${part.startsWith('[!') ? '^' : ''}${part.slice(part.startsWith('[!') ? 2 : 1, -1).replace(/[\\^]/g, '\\$&')}]`;
    return part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  });
  try {
    return new RegExp(`^${source.join('')}$`, 'u');
  } catch {
    // `[z-a]` is nothing.
    return /(?!)/;
  }
}
