import type { ReadEntries, TemplateDocument } from '../../template-document.ts';
import { lineIndex } from '../forms/line-index.ts';
import { locateIn } from './nodes.ts';
import { readBlock } from './read-block.ts';

/**
 * Reads a template that is altogether in the style that templates are written in, without `yaml`; undefined of others.
 * @param before as of `readBlock`: for who reads templates that have much in common, and seldom asks for a place
 */
export function readBlockTemplate(text: string, file: string, before?: ReadEntries): TemplateDocument | undefined {
  const read = readBlock(text, before);
  if (!read) return undefined;
  const lines = lineIndex(text, file);
  let whole = before ? undefined : read;
  return {
    file,
    text,
    value: read.value,
    syntax: [],
    span(path, part = 'value') {
      whole ??= readBlock(text)!;
      return lines.span(...locateIn(text, whole.place, path, part));
    },
  };
}
