import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { PrettyOptions } from '../diagnostics/render-pretty.ts';

/** How findings are written. */
export const FORMATS = ['pretty', 'json', 'sarif', 'github'] as const;
export type Format = (typeof FORMATS)[number];

/** Renders findings in a format; only its renderer is loaded. */
export async function renderFindings(
  diagnostics: readonly Diagnostic[],
  format: Format,
  pretty: PrettyOptions,
): Promise<string> {
  switch (format) {
    case 'json':
      return (await import('../diagnostics/render-json.ts')).renderJson(diagnostics);
    case 'github':
      return (await import('../diagnostics/render-github.ts')).renderGithub(diagnostics);
    case 'sarif':
      return sarif(diagnostics);
    default:
      return (await import('../diagnostics/render-pretty.ts')).renderPretty(diagnostics, pretty);
  }
}

async function sarif(diagnostics: readonly Diagnostic[]): Promise<string> {
  const [{ renderSarif }, { MEANINGS, severityOfRule }, { VERSION }] = await Promise.all([
    import('../diagnostics/render-sarif.ts'),
    import('../validate/rules/index.ts'),
    import('../version.ts'),
  ]);
  const rules = new Map(MEANINGS.map((rule) => [rule.code, { ...rule, severity: severityOfRule(rule) }]));
  return renderSarif(diagnostics, { name: 'podlaunch', version: VERSION }, rules);
}
