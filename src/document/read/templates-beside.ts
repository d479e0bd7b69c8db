import { dirname, resolve } from 'node:path';
import type { Json, TemplateDocument } from '../template-document.ts';

/** A local path as the value of a property that names another template. */
const NAMED =
  /\b(?:TemplateURL|Location)["']?\s*:\s*(["']?)([^\s"'{}[\],#!&*]+\.(?:ya?ml|json|template))\1(?=[\s,}]|$)/g;

/**
 * The values of the templates that a text names by a local path, by that path: `aws cloudformation package` uploads
 * them. What cannot be read is left out; these templates are not looked through for others.
 * @param path where the file with the text is @param load reads a template
 */
export async function templatesBeside(
  text: string,
  path: string,
  load: (path: string) => Promise<Pick<TemplateDocument, 'value'>>,
): Promise<ReadonlyMap<string, Json>> {
  const names = new Set([...text.matchAll(NAMED)].map(([, , name]) => name!).filter((name) => !name.includes('://')));
  const found = new Map<string, Json>();
  for (const name of names) {
    const { value } = await load(resolve(dirname(path), name));
    if (value !== undefined) found.set(name, value);
  }
  return found;
}
