import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { refuse, throwFaults } from '../diagnostics/refusal.ts';
import { isObject } from '../document/intrinsics.ts';
import { loadTemplate } from '../document/read/load-template.ts';
import { readTemplate } from '../document/read/read-template.ts';
import type { ReadEntries, TemplateDocument } from '../document/template-document.ts';

/** Where the templates of a release are in its folder. */
const TEMPLATES = 'templates';

const TEMPLATE = /\.(?:ya?ml|json|template)$/;

/** Files of a release, or of what compile writes, that are no templates. */
const OTHERS: ReadonlySet<string> = new Set(['assets.json', 'manifest.json']);

/** Whether a name looks like that of a file with a template. */
export function looksLikeFile(name: string): boolean {
  return /[/\\]/.test(name) || TEMPLATE.test(name);
}

/**
 * Reads a template, or those of a folder (of a release, or of compile's).
 * @param name how the user wrote it @param path where it is: something is there
 * @param before what was read of other templates
 * @throws Refusal PL8002 for a folder without templates, and as `comparable` does
 */
export async function templatesAt(
  name: string,
  path: string,
  before: ReadEntries,
): Promise<readonly TemplateDocument[]> {
  if (!statSync(path).isDirectory()) return comparable([await loadTemplate(path, name, before)]);
  const inner = join(path, TEMPLATES);
  const folder = existsSync(inner) ? inner : path;
  const files = readdirSync(folder).filter((file) => TEMPLATE.test(file) && !OTHERS.has(file));
  if (files.length > 0)
    return comparable(await Promise.all(files.sort().map((file) => loadTemplate(join(folder, file), file, before))));
  const hint = 'Name the folder that compile wrote, or that of a release.';
  throw refuse({ code: 'PL8002', message: `${name} has no templates: no file that ends in .yaml or .json.`, hint });
}

/** Reads templates from their text: see `comparable`. */
export function templatesOf(
  texts: readonly { readonly file: string; readonly text: string }[],
  before: ReadEntries,
): readonly TemplateDocument[] {
  return comparable(texts.map(({ file, text }) => readTemplate(text, file, before)));
}

/**
 * Templates that can be compared.
 * @throws Refusal with what reading found, or PL8003 for what is no template
 */
function comparable(templates: readonly TemplateDocument[]): readonly TemplateDocument[] {
  const errors = templates.flatMap(({ syntax }) => syntax.filter(({ severity }) => severity === 'error'));
  throwFaults(errors);
  const none = templates.find(({ value }) => !isObject(value) || !isObject(value['Resources']));
  if (none === undefined) return templates;
  const hint = 'It needs a section Resources. podlaunch validate says more.';
  throw refuse({ code: 'PL8003', message: `${none.file} is not a template of CloudFormation.`, hint });
}
