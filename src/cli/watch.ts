import { dirname, resolve } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { fileText, unreadable } from '../document/read/file-text.ts';
import { readTemplate } from '../document/read/read-template.ts';
import type { TemplateDocument } from '../document/template-document.ts';
import { globBase, isGlob } from '../files/glob.ts';
import { watchFiles } from '../files/watch.ts';
import type { Io } from './io.ts';
import { filesOf } from './named-templates.ts';

/** How often templates are checked at the beginning, while nothing changes, and for how long, in milliseconds. */
const WARM_UP = 30;
const WARM_UP_TIME = 1000;

/** A template as it is now, and what is found in it. */
interface Checked {
  readonly document: TemplateDocument;
  readonly findings: readonly Diagnostic[];
}

/**
 * Checks templates, and checks them again whenever they change, until `io.signal` says to stop: those that changed, in
 * this process, where the schemas of their types are at hand already. Without a signal it goes on for ever: Ctrl-C ends it.
 * @param args files and patterns; files that come to be named by a pattern are checked too
 * @param show is told of all templates whenever one has changed
 */
export async function watchTemplates(
  args: readonly string[],
  { cwd, signal }: Io,
  check: (document: TemplateDocument) => readonly Diagnostic[],
  show: (all: readonly Checked[]) => Promise<void>,
): Promise<void> {
  const known = new Map<string, Checked>();
  let shown: Promise<void> = Promise.resolve();

  /** Reads and checks what has changed. @returns the paths to watch from now on */
  function refresh(changed?: ReadonlySet<string>): readonly string[] {
    const names = [...new Set(args.flatMap((arg) => filesOf(arg, cwd)))];
    const before = [...known.values()];
    for (const name of known.keys()) if (!names.includes(name)) known.delete(name);
    for (const name of names) {
      const path = resolve(cwd, name);
      const old = known.get(name);
      if (old && changed && !changed.has(path) && !changed.has(dirname(path))) continue;
      const document = read(path, name);
      if (old?.document.text !== document.text || document.value === undefined)
        known.set(name, { document, findings: check(document) });
    }
    const all = names.map((name) => known.get(name)!);
    if (all.length !== before.length || all.some((one) => !before.includes(one))) shown = shown.then(() => show(all));
    return [...names.map((name) => resolve(cwd, name)), ...args.filter(isGlob).map((arg) => below(globBase(arg), cwd))];
  }

  /** Checks again what has been checked, so that Node.js has made fast code of the rules before the first change. */
  async function warmUp(): Promise<void> {
    const end = Date.now() + WARM_UP_TIME;
    const documents = [...known.values()].map(({ document }) => document);
    for (let count = 0; count < WARM_UP && Date.now() < end && !signal?.aborted; count++) {
      await new Promise((next) => setTimeout(next, 1));
      const document = documents[count % documents.length];
      if (document?.value !== undefined) check(readTemplate(document.text, document.file));
    }
  }

  const watching = watchFiles(refresh(), (changed) => watching.follow(refresh(changed)));
  void shown.then(warmUp);
  await new Promise<void>((done) => {
    if (signal?.aborted) done();
    signal?.addEventListener('abort', () => done());
  });
  watching.stop();
  await shown;
}

function read(path: string, name: string): TemplateDocument {
  const { text, diagnostics } = fileText(path, name);
  return text === undefined ? unreadable(name, diagnostics) : readTemplate(text, name);
}

/** A path in a folder: then the folder is watched. */
function below(folder: string, cwd: string): string {
  return resolve(cwd, folder, '*');
}
