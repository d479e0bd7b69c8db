import type { Diagnostic } from '../diagnostics/diagnostic.ts';

/** Findings as text. */
export function reportText(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(oneDiagnostic).join('\n');
}

/** Findings as JSON: `{diagnostics, summary}`. */
export function reportJson(diagnostics: readonly Diagnostic[]): string {
  return `${JSON.stringify({ diagnostics }, null, 2)}\n`;
}

function oneDiagnostic({ code, severity, message, span, hint }: Diagnostic): string {
  const place = span ? `${span.file}:${span.line}:${span.column}: ` : '';
  return `${place}${severity} ${code}: ${message}\n${hint ? `  ${hint}\n` : ''}`;
}
