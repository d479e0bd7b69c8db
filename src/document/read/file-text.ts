import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { attempt } from '../../diagnostics/findings-of.ts';
import type { TemplateDocument } from '../template-document.ts';
import { readTemplateText } from './template-text.ts';

/** The text of a file, or why there is none. */
export function fileText(
  path: string,
  name: string,
): { readonly text: string | undefined; readonly diagnostics: readonly Diagnostic[] } {
  const { value: text, diagnostics } = attempt(() => readTemplateText(path, name));
  return { text, diagnostics };
}

/** A document without a text, that says why. */
export function unreadable(file: string, syntax: readonly Diagnostic[]): TemplateDocument {
  return { file, text: '', value: undefined, syntax, span: () => ({ file, line: 1, column: 1, length: 1 }) };
}

/** A text without the byte order mark that some editors write before it. */
export function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}
