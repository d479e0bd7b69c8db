import { readFileSync, realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { refuse } from '../diagnostics/refusal.ts';
import type { TemplateDocument } from '../document/template-document.ts';
import { writeFiles } from '../files/write-files.ts';
import { correctTemplate } from '../pipelines/correct-template.ts';
import type { Cli } from './cli-context.ts';
import { lineDiff } from './line-diff.ts';

const MARK = '\ufeff';

/**
 * Shows what would be corrected in files, and writes it if that is wanted.
 * @param check finds what is wrong in a template
 * @param agree whether to write it; undefined where there is nobody to ask
 * @returns the templates as they are on the disk then
 * @throws Refusal PL3104 where a file has changed since it was read
 */
export async function fixFiles(
  cli: Cli,
  documents: readonly TemplateDocument[],
  check: (document: TemplateDocument) => readonly Diagnostic[],
  agree: ((question: string) => Promise<boolean>) | undefined,
): Promise<readonly TemplateDocument[]> {
  const all = documents.map((document) => ({ before: document, ...correctTemplate(document, check) }));
  const changed = all.filter(({ corrected }) => corrected.length > 0);
  const count = changed.reduce((sum, { corrected }) => sum + corrected.length, 0);
  if (count === 0) {
    cli.note('There is nothing that can be corrected with certainty.');
    return documents;
  }
  for (const { before, document } of changed) cli.note(lineDiff(before.file, before.text, document.text));
  const what = `${count === 1 ? 'one correction' : `${count} corrections`} to ${changed.length === 1 ? changed[0]!.before.file : `${changed.length} files`}`;
  if (agree === undefined || !(await agree(`Write ${what}?`))) {
    cli.note(agree === undefined ? `Nothing is written. To write ${what}: --yes.` : 'Nothing is written.');
    return documents;
  }
  writeFiles(changed.map(({ before, document }) => toWrite(cli.io.cwd, before, document)));
  cli.note(`Wrote ${what}.`);
  return all.map(({ document }) => document);
}

/** The file as it will be: with the permissions, and the byte order mark, that it has. */
function toWrite(cwd: string, before: TemplateDocument, { text }: TemplateDocument) {
  const path = realpathSync(resolve(cwd, before.file));
  const now = readFileSync(path, 'utf8');
  const mark = now.startsWith(MARK) ? MARK : '';
  if (now !== mark + before.text)
    throw refuse({
      code: 'PL3104',
      message: `${before.file} has changed since it was checked, so nothing is written.`,
      hint: 'Run the command again.',
    });
  return { path, content: mark + text, mode: statSync(path).mode & 0o777 };
}
