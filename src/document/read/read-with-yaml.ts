import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Json, TemplateDocument } from '../template-document.ts';
import { anchorsOf } from './anchors.ts';
import { lineIndex } from './forms/line-index.ts';
import { locate } from './locate.ts';
import { parseLeniently } from './low-lines.ts';
import { toJson } from './to-json.ts';

/** Reads a template in any style that YAML has. Never throws: faults are in `syntax`. */
export function readWithYaml(text: string, file: string): TemplateDocument {
  const { document, faults, lines } = parseLeniently(text, lineIndex(text, file));
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
      lines.span(...(document ? locate(text, document, anchors, path, part) : ([0, 0] as const))),
  };
}
