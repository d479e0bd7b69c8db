import type { Path, Severity } from '../../diagnostics/diagnostic.ts';

/** What to do, and the correction that does it: `to` takes the place of `from`, which is written there once. */
export interface Advice {
  readonly text: string;
  readonly from: string;
  readonly to: string;
}

/** What to do about a finding; where that has to be looked up, a function that is called once the finding is shown. */
export type Hint = string | (() => string | Advice | undefined);

/** What is wrong at a place in the template. */
export interface Problem {
  readonly message: string;
  readonly path: Path;
  /** Whether the key at the path is meant, not its value. Default: the value. */
  readonly part?: 'key';
  readonly hint?: Hint | undefined;
  /** The place contains a secret: its line is not shown. */
  readonly secret?: true;
  readonly related?: readonly { readonly message: string; readonly path: Path }[];
}

/** What validation finds: a diagnostic before it has its place in the text. */
export interface Finding extends Problem {
  readonly code: string;
  /** Default: what the code's letter says (E, W, I); error for podlaunch's own. */
  readonly severity?: Severity;
}

/** The severity that a code's letter says. */
export function severityOf({ code, severity }: Pick<Finding, 'code' | 'severity'>): Severity {
  if (severity) return severity;
  return code.startsWith('W') ? 'warning' : code.startsWith('I') ? 'info' : 'error';
}
