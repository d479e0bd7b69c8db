import type { Span } from '../../../diagnostics/diagnostic.ts';

/** Finds lines and columns in a text. The text is looked through once, when the first place is asked for. */
export interface LineIndex {
  /** A range of the text, as the piece of it that is on its first line. */
  span(start: number, end: number): Span;
}

/** Makes the index of a text; `file` is in the spans. */
export function lineIndex(text: string, file: string): LineIndex {
  let starts: readonly number[] | undefined;
  return {
    span(start, end) {
      starts ??= lineStarts(text);
      const line = lastAtOrBefore(starts, start);
      const lineEnd = (starts[line + 1] ?? text.length + 1) - 1;
      const piece = text.slice(start, Math.min(end, lineEnd)).trimEnd();
      return { file, line: line + 1, column: start - starts[line]! + 1, length: Math.max(piece.length, 1) };
    },
  };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function lastAtOrBefore(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
