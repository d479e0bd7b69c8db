import type { ReadEntries, TemplateDocument } from '../template-document.ts';
import { readBlockTemplate } from './block/read-block-template.ts';
import { withoutMark } from './file-text.ts';
import { readWithYaml } from './read-with-yaml.ts';

/**
 * Reads a template from its text, YAML or JSON. Never throws: faults are in `syntax`.
 * @param before as of `readBlockTemplate`
 */
export function readTemplate(source: string, file: string, before?: ReadEntries): TemplateDocument {
  const text = withoutMark(source);
  return readBlockTemplate(text, file, before) ?? readWithYaml(text, file);
}
