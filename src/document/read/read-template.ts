import type { TemplateDocument } from '../template-document.ts';
import { readBlockTemplate } from './block/read-block-template.ts';
import { withoutMark } from './file-text.ts';
import { readWithYaml } from './read-with-yaml.ts';

/** Reads a template from its text, YAML or JSON. Never throws: faults are in `syntax`. */
export function readTemplate(source: string, file: string): TemplateDocument {
  const text = withoutMark(source);
  return readBlockTemplate(text, file) ?? readWithYaml(text, file);
}
