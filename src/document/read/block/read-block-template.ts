import type { TemplateDocument } from '../../template-document.ts';
import { lineIndex } from '../forms/line-index.ts';
import { locateIn } from './nodes.ts';
import { readBlock } from './read-block.ts';

/** Reads a template that is altogether in the style that templates are written in, without `yaml`; undefined of others. */
export function readBlockTemplate(text: string, file: string): TemplateDocument | undefined {
  const read = readBlock(text);
  if (!read) return undefined;
  const lines = lineIndex(text, file);
  return {
    file,
    text,
    value: read.value,
    syntax: [],
    span: (path, part = 'value') => lines.span(...locateIn(text, read.place, path, part)),
  };
}
