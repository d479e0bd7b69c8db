import type { Diagnostic, Fix, Path, Span } from '../diagnostics/diagnostic.ts';
import { isObject } from '../document/intrinsics.ts';
import type { TemplateDocument } from '../document/template-document.ts';
import type { Advice } from './model/finding.ts';
import { type Model, objectAt } from './model/model.ts';
import { propertySchema } from './schema/property-schema.ts';
import { resolve, type Schema } from './schema/schema.ts';
import { schemaFor } from './schema/schema-for.ts';

/** What needs no quotes in YAML or JSON, and is read as it is written. */
const PLAIN = /^[A-Za-z][\w./-]*(?:::?[\w./-]+)*$/;

/** Bare words that YAML 1.1 reads as something other than text. */
const WORDS = /^(?:y|n|yes|no|true|false|on|off|null)$/i;

/**
 * The correction of a name, as a place in the text.
 * @param span where the finding is: the name is within it
 * @returns undefined where the name is not written there, or more than once
 */
export function fixAt(text: string, span: Span, { from, to }: Advice): Fix | undefined {
  if (!PLAIN.test(from) || !PLAIN.test(to) || WORDS.test(to)) return undefined;
  const written = pieceOf(text, span);
  const name = new RegExp(`(?<![\\w:-])${from.replace(/[.\\/]/g, '\\$&')}(?![\\w:-])`, 'g');
  const [found, more] = written.matchAll(name);
  if (!found || more) return undefined;
  return { span: { ...span, column: span.column + found.index, length: from.length }, text: to };
}

/** A finding of the reader about a bare word or number, with quotes as its correction where text is needed. */
export function withQuotes(finding: Diagnostic, document: TemplateDocument, model: Model): Diagnostic {
  const { code, path, span } = finding;
  if (code !== 'PL3005' || !span || !needsText(model, path)) return finding;
  const written = pieceOf(document.text, span);
  return /^[\w.:+-]+$/.test(written) ? { ...finding, fix: { span, text: `'${written}'` } } : finding;
}

/** Whether only text may be at a place: values of a parameter of type String, and properties that are text. */
function needsText({ parameters, resources }: Model, [section, name, key, ...rest]: Path): boolean {
  if (section === 'Parameters')
    return (key === 'Default' || key === 'AllowedValues') && objectAt(parameters, String(name))['Type'] === 'String';
  const resource = section === 'Resources' && key === 'Properties' ? objectAt(resources, String(name)) : {};
  const { Type: type } = resource;
  const root = typeof type === 'string' ? schemaFor(type) : undefined;
  if (!root) return false;
  let schema: Schema = root;
  for (const step of rest) {
    const next: Schema | true | undefined = typeof step === 'number' ? schema.items : propertySchema(schema, step);
    if (!next || !isObject(next as never)) return false;
    schema = resolve(root, next as Schema);
  }
  return schema.type === 'string';
}

function pieceOf(text: string, { line, column, length }: Span): string {
  return text.split('\n', line)[line - 1]?.slice(column - 1, column - 1 + length) ?? '';
}
