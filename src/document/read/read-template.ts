import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { attempt } from '../../diagnostics/findings-of.ts';
import type { Json, TemplateDocument } from '../template-document.ts';
import { anchorsOf } from './anchors.ts';
import { lineIndex } from './line-index.ts';
import { locate } from './locate.ts';
import { parse } from './parse.ts';
import { readTemplateText } from './template-text.ts';
import { toJson } from './to-json.ts';

/**
 * Reads a template from a file, YAML or JSON.
 * @param path where the file is @param name the file as the user wrote it, which stands in the diagnostics
 * @returns a document; what is wrong with the file, as with its text, is in `syntax`
 */
export function readTemplateFile(path: string, name: string = path): TemplateDocument {
  const { value: text, diagnostics } = attempt(() => readTemplateText(path, name));
  return text === undefined ? unreadable(name, diagnostics) : readTemplate(text, name);
}

function unreadable(file: string, syntax: readonly Diagnostic[]): TemplateDocument {
  return { file, text: '', value: undefined, syntax, span: () => ({ file, line: 1, column: 1, length: 1 }) };
}

/** Reads a template from its text, YAML or JSON. Never throws: faults are in `syntax`. */
export function readTemplate(source: string, file: string): TemplateDocument {
  const text = source.replace(/^\ufeff/, '');
  const lines = lineIndex(text, file);
  const { document, faults } = parse(text, lines);
  const syntax: Diagnostic[] = [...faults];
  const anchors = document ? anchorsOf(document) : () => undefined;
  const value: Json | undefined =
    document && faults.length === 0 ? toJson(document.contents, anchors, lines, syntax) : undefined;
  return {
    file,
    text,
    value,
    syntax,
    span: (path, part = 'value') =>
      lines.span(...(document ? locate(document, anchors, path, part) : ([0, 0] as const))),
  };
}
