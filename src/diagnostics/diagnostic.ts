/** How bad a finding is: an error stops the command, a warning does so under `--fail-on warning`, an info never. */
export type Severity = 'error' | 'warning' | 'info';

/** The keys and indexes that lead from a document's root to a value. */
export type Path = readonly (string | number)[];

/** A piece of one line of a text file; line and column count from 1, in UTF-16 units, and length stays within the line. */
export interface Span {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

/** A correction that is certain: the text to write at a place. */
export interface Fix {
  readonly span: Span;
  readonly text: string;
}

/** A further place that explains a finding. */
export interface Related {
  readonly message: string;
  readonly span?: Span;
}

/**
 * One finding, as data. A code never changes its meaning; where a check is the same as cfn-lint's it carries
 * cfn-lint's id (E3002), the project's own start with PL. The message says what is wrong, the hint what to do.
 */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly path: Path;
  readonly span?: Span;
  /** The place in podlaunch's own TypeScript that wrote the value. */
  readonly source?: { readonly file: string; readonly line: number };
  readonly hint?: string;
  readonly fix?: Fix;
  /** The place contains a secret: its line is not shown. */
  readonly secret?: true;
  readonly related: readonly Related[];
}

/** What may be left out when a diagnostic is made: no path means the whole document, no related means none. */
export type DiagnosticInput = Pick<Diagnostic, 'code' | 'message'> &
  Partial<Omit<Diagnostic, 'code' | 'message' | 'severity'>>;

/** Makes a diagnostic of severity error. */
export function error(input: DiagnosticInput): Diagnostic {
  return { severity: 'error', path: [], related: [], ...input };
}

/** Makes a diagnostic of severity warning. */
export function warning(input: DiagnosticInput): Diagnostic {
  return { severity: 'warning', path: [], related: [], ...input };
}

/** Makes a diagnostic of severity info. */
export function info(input: DiagnosticInput): Diagnostic {
  return { severity: 'info', path: [], related: [], ...input };
}

/** Whether any of the diagnostics stops the command: an error does, and a warning where `failOn` says so. */
export function fails(diagnostics: readonly Diagnostic[], failOn: 'error' | 'warning' = 'error'): boolean {
  return diagnostics.some((d) => d.severity === 'error' || (failOn === 'warning' && d.severity === 'warning'));
}
