import type { Diagnostic } from './diagnostic.ts';
import { printableJson } from './printable.ts';

/** How many findings of each severity there are. */
export interface Summary {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
}

/** Counts findings by severity. */
export function summarize(diagnostics: readonly Diagnostic[]): Summary {
  const count = (severity: Diagnostic['severity']) => diagnostics.filter((one) => one.severity === severity).length;
  return { errors: count('error'), warnings: count('warning'), infos: count('info') };
}

/** Findings as JSON, `{diagnostics, summary}`, ending in a line break. */
export function renderJson(diagnostics: readonly Diagnostic[]): string {
  return `${printableJson({ diagnostics, summary: summarize(diagnostics) })}\n`;
}
