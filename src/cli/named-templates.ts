import { resolve } from 'node:path';
import { loadStreamedTemplate, loadTemplate } from '../document/read/load-template.ts';
import type { TemplateDocument } from '../document/template-document.ts';
import { expandGlob, isGlob } from '../files/glob.ts';
import type { Io } from './io.ts';

/** The argument that means stdin, as other tools have it, and what findings call it. */
const STDIN = '-';
const STDIN_NAME = 'stdin';

/** Reads the templates that arguments name, each once: files, patterns, and `-` for stdin. */
export async function loadNamed(args: readonly string[], io: Io): Promise<readonly TemplateDocument[]> {
  const { cwd } = io;
  const names = [...new Set(args.flatMap((name) => filesOf(name, cwd)))];
  return Promise.all(
    names.map((name) =>
      // Node opens stdin when it is asked for, which costs as much as a template.
      name === STDIN ? loadStreamedTemplate(io.stdin, STDIN_NAME) : loadTemplate(resolve(cwd, name), name),
    ),
  );
}

/** The files that an argument names; a pattern that names none stays as it is, so that it is said to be no file. */
export function filesOf(name: string, cwd: string): readonly string[] {
  const found = isGlob(name) ? expandGlob(name, cwd) : [];
  return found.length > 0 ? found : [name];
}
