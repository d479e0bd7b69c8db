import type { Diagnostic, Severity } from './diagnostic.ts';
import { printableLines } from './printable.ts';

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/**
 * Findings as workflow commands of GitHub Actions, one a line: annotations at the lines of a pull request.
 * Form and escapes: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function renderGithub(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map((diagnostic) => `${command(diagnostic)}\n`).join('');
}

function command({ severity, code, message, span, hint }: Diagnostic): string {
  const place = span && {
    file: span.file.replaceAll('\\', '/'),
    line: span.line,
    endLine: span.line,
    col: span.column,
    endColumn: span.column + span.length,
  };
  const properties = Object.entries({ ...place, title: code }).map(([key, value]) => `${key}=${escapeProperty(value)}`);
  return `::${COMMANDS[severity]} ${properties.join(',')}::${escapeData(hint ? `${message}\n${hint}` : message)}`;
}

function escapeData(text: string): string {
  const escaped = text.replaceAll('%', '%25').replaceAll('\r', '%0D');
  return printableLines(escaped).replaceAll('\n', '%0A');
}

function escapeProperty(value: string | number): string {
  return escapeData(String(value)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
