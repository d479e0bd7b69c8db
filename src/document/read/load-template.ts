import type { TemplateDocument } from '../template-document.ts';

/**
 * Reads a template from a file, YAML or JSON; the YAML reader is loaded only now.
 * @param path where the file is @param name the file as the user wrote it, which stands in the diagnostics
 * @returns a document; what is wrong with the file, as with its text, is in `syntax`
 */
export async function loadTemplate(path: string, name: string = path): Promise<TemplateDocument> {
  return (await import('./read-template.ts')).readTemplateFile(path, name);
}
