import type { TemplateDocument } from '../template-document.ts';
import { readBlockTemplate } from './block/read-block-template.ts';
import { fileText, unreadable, withoutMark } from './file-text.ts';

/**
 * Reads a template from a file, YAML or JSON. `yaml` is loaded only for a text that needs it.
 * @param path where the file is @param name the file as the user wrote it, which is in the diagnostics
 * @returns a document; what is wrong with the file, as with its text, is in `syntax`
 */
export async function loadTemplate(path: string, name: string = path): Promise<TemplateDocument> {
  const { text, diagnostics } = fileText(path, name);
  if (text === undefined) return unreadable(name, diagnostics);
  const whole = withoutMark(text);
  const read = readBlockTemplate(whole, name);
  return read ?? (await import('./read-with-yaml.ts')).readWithYaml(whole, name);
}
