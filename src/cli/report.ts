import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { renderPretty } from '../diagnostics/render-pretty.ts';
import { hasColours, type Io, type Output } from './io.ts';

/** The text of a file that stands in a diagnostic; undefined where there is none. */
export type FileText = (file: string) => string | undefined;

/** Files beyond this size are not read again to show a line of them. */
const MAX_BYTES = 5_000_000;

/**
 * Findings for people, each with the line that it is about; coloured where the output is a terminal.
 * @param text the text of files that are nowhere on disk, such as templates just compiled; others are read
 */
export function reportText(
  diagnostics: readonly Diagnostic[],
  io: Io,
  output: Output,
  text: FileText = () => undefined,
): string {
  const texts = new Map<string, string | undefined>();
  return renderPretty(diagnostics, {
    colours: hasColours(output, io.env),
    text(file) {
      if (!texts.has(file)) texts.set(file, text(file) ?? textOnDisk(resolve(io.cwd, file)));
      return texts.get(file);
    },
  });
}

/** What the file holds now; a file that cannot be read is shown without its line. */
function textOnDisk(path: string): string | undefined {
  try {
    return statSync(path).size > MAX_BYTES ? undefined : readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
