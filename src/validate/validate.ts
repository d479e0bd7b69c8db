import { capPerCode } from '../diagnostics/cap.ts';
import type { Diagnostic, Path } from '../diagnostics/diagnostic.ts';
import { error } from '../diagnostics/diagnostic.ts';
import { isObject } from '../document/intrinsics.ts';
import type { TemplateDocument } from '../document/template-document.ts';
import { fixAt, withQuotes } from './fixes.ts';
import { type Finding, severityOf } from './model/finding.ts';
import { ignoredBy } from './model/ignores.ts';
import { type Model, modelOf } from './model/model.ts';
import { looksLikeTemplate } from './model/sections.ts';
import { foundBy } from './rules/base/rule.ts';
import { CHECKED } from './rules/checked.ts';
import { foundBySchema } from './schema/find.ts';

/** What a finding has at most, in characters and in related places. */
const MAX_MESSAGE = 2000;
const MAX_RELATED = 20;

/** Ten times what CloudFormation takes: of more nobody makes a stack, and to check them takes long. */
const MAX_RESOURCES = 5000;
const TOO_MANY = CHECKED.filter(({ code }) => code === 'E3010');

/** Codes of which a rule's own check finds better what a schema would find. */
const INSTEAD_OF_SCHEMA: ReadonlySet<string> = new Set(
  CHECKED.filter(({ instead }) => instead === 'schema').map(({ code }) => code),
);

/**
 * Checks a template by all rules, without a network. Findings come in the order of the text, each once.
 * @param document what compile made, or loadTemplate read
 */
export function validate(document: TemplateDocument): readonly Diagnostic[] {
  return inOrder(findIn(document));
}

/** The same without the findings that are accepted. */
export function validateAccepting(document: TemplateDocument, accept: Accept | undefined): readonly Diagnostic[] {
  return inOrder(findIn(document, accept));
}

/** Whether a finding in a file is accepted: then it is not reported, and does not count as one of a code. */
export type Accept = (file: string, finding: Diagnostic) => boolean;

/** What `validate` finds, for a caller that adds other findings and puts all of them in order. */
export function findIn(document: TemplateDocument, accept: Accept = () => false): readonly Diagnostic[] {
  const { value, syntax } = document;
  if (value === undefined) return inOrder(syntax);
  if (!isObject(value) || !looksLikeTemplate(value)) return [...syntax, notATemplate(document)];
  const model = modelOf(document, value);
  const isBroken = brokenPaths(syntax);
  const isIgnored = ignoredBy(model);
  const found = foundIn(model).filter(
    (one) => !isBroken(one.path) && !isIgnored(one) && !(model.mayChange(one.path) && one.code !== 'PL3011'),
  );
  const said = syntax
    .filter((one) => !isIgnored(one) && !accept(document.file, one))
    .map((one) => withQuotes(one, document, model));
  return withoutSecretLines([...said, ...capped(asWritten(found, model), document, accept)]).map(withShortPath);
}

/** Findings at the places where they are written: what is wrong in each turn of a loop is said once. */
function asWritten(found: readonly Finding[], { original }: Model): readonly Finding[] {
  const said = new Set<string>();
  return found.flatMap((finding) => {
    const path = original(finding.path);
    const related = finding.related?.map((one) => ({ ...one, path: original(one.path) }));
    const key = path.length > finding.path.length ? JSON.stringify([finding.code, path, finding.part]) : undefined;
    if (key !== undefined && said.has(key)) return [];
    if (key !== undefined) said.add(key);
    return [{ ...finding, path, ...(related && { related }) }];
  });
}

/** What all rules find; of a template far beyond what CloudFormation takes only that it is. */
function foundIn(model: Model): readonly Finding[] {
  if (Object.keys(model.resources).length > MAX_RESOURCES)
    return [...foundBy(TOO_MANY, model)].map((one) => ({
      ...one,
      message: `${one.message} Nothing else is checked in so many.`,
    }));
  const bySchema = [...foundBySchema(model)].filter(({ code }) => !INSTEAD_OF_SCHEMA.has(code));
  return [...foundBy(CHECKED, model), ...bySchema];
}

/** Places the first findings of each code; of the others it says how many there are. */
function capped(found: readonly Finding[], document: TemplateDocument, accept: Accept): readonly Diagnostic[] {
  const key = ({ code, message, path }: Finding): string => JSON.stringify([code, message, path]);
  const unique = [...new Map(found.map((finding) => [key(finding), finding])).values()];
  const cap = capPerCode();
  for (const finding of unique) {
    const { code, path } = finding;
    const severity = severityOf(finding);
    if (accept(document.file, { code, path, severity, message: shortened(finding.message), related: [] })) continue;
    cap.add(code, severity, () => placed(document, finding));
  }
  return cap.all();
}

/** Sorts findings by their places, and drops those that say the same of the same place. */
export function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const key = ({ code, message, span, path }: Diagnostic): string =>
    JSON.stringify([code, message, span?.file, span?.line, span?.column, path]);
  const unique = [...new Map(diagnostics.map((diagnostic) => [key(diagnostic), diagnostic])).values()];
  const order = ({ span }: Diagnostic): number => (span ? span.line * 1e6 + span.column : 0);
  return unique.sort((a, b) => order(a) - order(b));
}

/** Whether a value could not be read as it is written: then nothing is said of what it means. */
function brokenPaths(syntax: readonly Diagnostic[]): (path: Path) => boolean {
  const faults = syntax.filter(({ severity, path }) => severity === 'error' && path.length > 0);
  const broken = new Set(faults.map(({ path }) => JSON.stringify(path)));
  return (path) => broken.size > 0 && path.some((_, index) => broken.has(JSON.stringify(path.slice(0, index + 1))));
}

/** Hides the lines with a secret in all findings about them, not only in the one that says so. */
function withoutSecretLines(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const lines = new Set(diagnostics.flatMap(({ secret, span }) => (secret && span ? [span.line] : [])));
  return diagnostics.map((one) => (one.span && lines.has(one.span.line) ? { ...one, secret: true } : one));
}

/** A finding with its place in the text and, for a compiled template, in the TypeScript that wrote it. */
function placed(document: TemplateDocument, finding: Finding): Diagnostic {
  const { code, message, path, part, related = [] } = finding;
  const source = document.source?.(path);
  const advice = typeof finding.hint === 'function' ? finding.hint() : finding.hint;
  const hint = typeof advice === 'object' ? advice.text : advice;
  const span = document.span(path, part);
  const fix = typeof advice === 'object' && !finding.secret ? fixAt(document.text, span, advice) : undefined;
  return {
    code,
    severity: severityOf(finding),
    message: shortened(message),
    path,
    span,
    ...(source && { source }),
    ...(hint !== undefined && { hint: shortened(hint) }),
    ...(fix && { fix }),
    ...(finding.secret && { secret: true }),
    related: related
      .slice(0, MAX_RELATED)
      .map((one) => ({ message: shortened(one.message), span: document.span(one.path) })),
  };
}

/** Names in a template may be as long as the template: a path is not. */
function withShortPath(one: Diagnostic): Diagnostic {
  const isLong = one.path.some((key) => typeof key === 'string' && key.length > MAX_MESSAGE);
  return isLong ? { ...one, path: one.path.map((key) => (typeof key === 'string' ? shortened(key) : key)) } : one;
}

/** The same of a message. */
function shortened(text: string): string {
  return text.length > MAX_MESSAGE ? `${text.slice(0, MAX_MESSAGE / 2)} … ${text.slice(-MAX_MESSAGE / 4)}` : text;
}

function notATemplate(document: TemplateDocument): Diagnostic {
  return error({
    code: 'PL3008',
    message: `${document.file} is not a CloudFormation template.`,
    span: document.span([]),
    hint: 'A template is a mapping with the key Resources. Check the name of the file.',
  });
}
