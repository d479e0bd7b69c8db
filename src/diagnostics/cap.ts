import type { Diagnostic, Severity } from './diagnostic.ts';

/** How many findings of one code a template gives. Who has more corrects these first; the rest is a number. */
export const MAX_PER_CODE = 50;

/** Findings of a template, of each code and severity at most `MAX_PER_CODE`. */
export interface Cap {
  /** Adds a finding, which is made only where it is not one too many. */
  add(code: string, severity: Severity, make: () => Diagnostic): void;
  /** The findings, and for each code with more of them one that says how many are left out. */
  all(): readonly Diagnostic[];
}

/** Starts to count. */
export function capPerCode(): Cap {
  const kept = new Map<string, { readonly all: Diagnostic[]; left: number }>();
  return {
    add(code, severity, make) {
      const key = `${code} ${severity}`;
      const known = kept.get(key);
      if (known === undefined) kept.set(key, { all: [make()], left: 0 });
      else if (known.all.length < MAX_PER_CODE) known.all.push(make());
      else known.left++;
    },
    all: () => [...kept.values()].flatMap(({ all, left }) => (left === 0 ? all : [...all, more(all, left)])),
  };
}

/** Takes the place of the last one that is shown. */
function more(shown: readonly Diagnostic[], count: number): Diagnostic {
  const last = shown.reduce((a, b) => (position(b) >= position(a) ? b : a));
  return {
    code: last.code,
    severity: last.severity,
    message: `There ${count === 1 ? 'is 1 more finding' : `are ${count} more findings`} of ${last.code}, not listed here.`,
    path: last.path,
    ...(last.span && { span: last.span }),
    ...(last.secret && { secret: true as const }),
    hint: 'Correct those that are listed, then check again.',
    related: [],
  };
}

function position({ span }: Diagnostic): number {
  return span ? span.line * 1e6 + span.column : 0;
}
