import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { renderSarif } from '../diagnostics/render-sarif.ts';
import { VERSION } from '../version.ts';
import { RULES } from './rule-list.ts';

/** Findings as a SARIF 2.1.0 log, with name, reason and help of each rule; code hosts and editors read it. */
export function findingsAsSarif(diagnostics: readonly Diagnostic[]): string {
  const rules = new Map(RULES.map((rule) => [rule.code, rule]));
  return renderSarif(diagnostics, { name: 'podlaunch', version: VERSION }, rules);
}
