import type { Span } from '../diagnostics/diagnostic.ts';

/** A file of the release, under the name that findings give it; `lines` is undefined where it is not text in UTF-8. */
export interface SourceFile {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly lines: readonly string[] | undefined;
}

/** The lines of a text file, line ends left out but `\r` kept; undefined for a file that is not text in UTF-8. */
export function textLines(bytes: Uint8Array): readonly string[] | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes).split('\n');
  } catch {
    return undefined;
  }
}

/** The place of a whole line, or of a piece of it; `line` counts from 0, as the array of lines does. */
export function lineSpan(file: string, lines: readonly string[], line: number, column = 0, length?: number): Span {
  const text = lines[line]!.replace(/\r$/, '');
  return { file, line: line + 1, column: column + 1, length: Math.max(1, length ?? text.length - column) };
}
