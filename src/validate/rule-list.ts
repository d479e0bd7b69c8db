import type { Severity } from '../diagnostics/diagnostic.ts';
import { MEANINGS, severityOfRule } from './rules/index.ts';

/** What a code of `validate` means: what `podlaunch rules` and `podlaunch explain` print, and SARIF carries. */
export interface RuleInfo {
  /** cfn-lint's id where the check is the same, else podlaunch's own. */
  readonly code: string;
  /** In small letters and hyphens, such as `unknown-property`. */
  readonly name: string;
  readonly severity: Severity;
  /** What is wrong, as one sentence. */
  readonly message: string;
  /** What happens when nobody corrects it. */
  readonly why: string;
  /** What to do. */
  readonly fix: string;
  /** Where the rule comes from. */
  readonly url: string;
  /** Templates with the fault, at each line that ends with `# <-`; none for findings about files and engines. */
  readonly bad: readonly string[];
  /** Templates without it. */
  readonly good: readonly string[];
}

/** Every code that `validate` can give, by code. */
export const RULES: readonly RuleInfo[] = MEANINGS.map((rule) => {
  const { code, name, message, why, fix, url, bad = [], good = [] } = rule as typeof rule & Partial<RuleInfo>;
  return { code, name, severity: severityOfRule(rule), message, why, fix, url, bad, good };
});
