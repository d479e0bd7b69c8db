import type { TemplateDocument } from '../template-document.ts';

/**
 * Reads a template from a file, YAML or JSON; the YAML reader is loaded only now.
 * @param path where the file is @param name the file as the user wrote it, which stands in the diagnostics
 * @throws Refusal where the file is no text of a sensible size; faults of the text itself are in `syntax`
 */
export async function loadTemplate(path: string, name: string = path): Promise<TemplateDocument> {
  return (await import('./read-template.ts')).readTemplateFile(path, name);
}
