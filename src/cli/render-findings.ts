import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { PrettyOptions } from '../diagnostics/render-pretty.ts';

/** How findings are written. */
export const OUTPUT_FORMATS = ['pretty', 'json', 'sarif', 'github', 'junit'] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/**
 * Renders findings in a format; only its renderer is loaded.
 * @param files that were checked, for a format that lists those without findings
 */
export async function renderFindings(
  diagnostics: readonly Diagnostic[],
  format: OutputFormat,
  pretty: PrettyOptions,
  files: readonly string[] = [],
): Promise<string> {
  switch (format) {
    case 'json':
      return (await import('../diagnostics/render-json.ts')).renderJson(diagnostics);
    case 'github':
      return (await import('../diagnostics/render-github.ts')).renderGithub(diagnostics);
    case 'junit':
      return (await import('../diagnostics/render-junit.ts')).renderJunit(diagnostics, files);
    case 'sarif':
      return (await import('../validate/findings-as-sarif.ts')).findingsAsSarif(diagnostics);
    default:
      return (await import('../diagnostics/render-pretty.ts')).renderPretty(diagnostics, pretty);
  }
}
