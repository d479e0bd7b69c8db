import type { TemplateDocument } from '../template-document.ts';
import { readBlockTemplate } from './block/read-block-template.ts';
import { fileText, unreadable, withoutMark } from './file-text.ts';
import { readWithYaml } from './read-with-yaml.ts';

/**
 * Reads a template from a file, YAML or JSON.
 * @param path where the file is @param name the file as the user wrote it, which is in the diagnostics
 * @returns a document; what is wrong with the file, as with its text, is in `syntax`
 */
export function readTemplateFile(path: string, name: string = path): TemplateDocument {
  const { text, diagnostics } = fileText(path, name);
  return text === undefined ? unreadable(name, diagnostics) : readTemplate(text, name);
}

/** Reads a template from its text, YAML or JSON. Never throws: faults are in `syntax`. */
export function readTemplate(source: string, file: string): TemplateDocument {
  const text = withoutMark(source);
  return readBlockTemplate(text, file) ?? readWithYaml(text, file);
}
