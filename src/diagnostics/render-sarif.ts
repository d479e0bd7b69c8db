import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Diagnostic, Severity, Span } from './diagnostic.ts';

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/** What a rule is, as far as a log says it; of a code without one it is the id alone. */
export interface SarifRule {
  readonly name: string;
  readonly severity: Severity;
  readonly message: string;
  readonly why: string;
  readonly fix: string;
  readonly url: string;
}

/**
 * Findings as a SARIF 2.1.0 log (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), which code hosts and editors read.
 * @param tool name and version of the tool, as the log names it @param rules what is known of codes
 */
export function renderSarif(
  diagnostics: readonly Diagnostic[],
  tool: { readonly name: string; readonly version: string },
  rules: ReadonlyMap<string, SarifRule> = new Map(),
): string {
  const codes = [...new Set(diagnostics.map(({ code }) => code))].sort();
  const indexOf = ({ code }: Diagnostic): number => codes.indexOf(code);
  // Code hosts refuse a log with a result that has no place: what is said of no file is a notification.
  const placed = diagnostics.filter(({ span }) => span !== undefined);
  const others = diagnostics.filter(({ span }) => span === undefined);
  const run = {
    tool: {
      driver: { name: tool.name, version: tool.version, rules: codes.map((id) => described(id, rules.get(id))) },
    },
    columnKind: 'utf16CodeUnits',
    ...(others.length > 0 && { invocations: [invocation(others, indexOf)] }),
    results: placed.map((diagnostic) => result(diagnostic, indexOf(diagnostic))),
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function described(id: string, rule: SarifRule | undefined): object {
  if (rule === undefined)
    return { id, shortDescription: { text: id }, fullDescription: { text: id }, help: { text: id } };
  const { name, severity, message, why, fix, url } = rule;
  return {
    id,
    name,
    shortDescription: { text: message },
    fullDescription: { text: `${message} ${why}` },
    help: { text: `${why} ${fix}`, markdown: `${why}\n\n**Fix.** ${fix}\n\n[Documentation](${url})` },
    helpUri: url,
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

/** What is wrong with the run, not with a file. */
function invocation(findings: readonly Diagnostic[], indexOf: (finding: Diagnostic) => number): object {
  return {
    executionSuccessful: findings.every(({ severity }) => severity !== 'error'),
    toolExecutionNotifications: findings.map((one) => ({
      associatedRule: { id: one.code, index: indexOf(one) },
      level: LEVELS[one.severity],
      message: { text: textOf(one) },
    })),
  };
}

function textOf({ message, hint }: Diagnostic): string {
  return hint ? `${message} ${hint}` : message;
}

function result(diagnostic: Diagnostic, ruleIndex: number): object {
  const { code, severity, path, span, hint, fix, related } = diagnostic;
  const logical = path.length > 0 ? [{ fullyQualifiedName: path.join('/') }] : undefined;
  const places = related.filter((one) => one.span !== undefined);
  return {
    ruleId: code,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: textOf(diagnostic) },
    ...((span || logical) && {
      locations: [{ ...(span && { physicalLocation: physical(span) }), ...(logical && { logicalLocations: logical }) }],
    }),
    ...(fix && {
      fixes: [
        {
          description: { text: hint ?? `Write ${fix.text}.` },
          artifactChanges: [
            {
              artifactLocation: { uri: uriOf(fix.span.file) },
              replacements: [{ deletedRegion: regionOf(fix.span), insertedContent: { text: fix.text } }],
            },
          ],
        },
      ],
    }),
    ...(places.length > 0 && {
      relatedLocations: places.map((one, id) => ({
        id,
        message: { text: one.message },
        physicalLocation: physical(one.span!),
      })),
    }),
  };
}

function physical(span: Span): object {
  return { artifactLocation: { uri: uriOf(span.file) }, region: regionOf(span) };
}

function regionOf({ line, column, length }: Span): object {
  return { startLine: line, startColumn: column, endLine: line, endColumn: column + length };
}

/** A file's name as a URI reference: relative names stay relative to where the command ran. */
function uriOf(file: string): string {
  if (isAbsolute(file)) return pathToFileURL(file).href;
  return file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
}
