import type { Severity } from '../../../diagnostics/diagnostic.ts';
import type { Finding, Hint, Problem } from '../../model/finding.ts';
import type { Model } from '../../model/model.ts';

/** What a code means: what the docs page, `podlaunch explain`, `podlaunch rules` and SARIF say of it. */
export interface Meaning {
  /** cfn-lint's id where the check is the same, else podlaunch's own. */
  readonly code: string;
  /** In small letters and hyphens; no two are alike. */
  readonly name: string;
  /** Default: what the code's letter says; error for podlaunch's own. */
  readonly severity?: Severity;
  /** What is wrong, as one sentence. A check may give a better one for what it found. */
  readonly message: string;
  /** What happens when nobody corrects it. */
  readonly why: string;
  /** What to do. A check may give a better hint for what it found. */
  readonly fix: string;
  /** Where the rule comes from. */
  readonly url: string;
  /** Set where it says that something could not be checked: under `strict` that is an error. */
  readonly unchecked?: true;
}

/** A meaning with examples: they are run by a test, and shown in docs/rules.md. */
interface Entry extends Meaning {
  /** Templates in which the rule finds something, at each line that ends with `# <-` and at no other. */
  readonly bad: readonly [string, ...string[]];
  /** Templates in which it finds nothing. */
  readonly good: readonly [string, ...string[]];
}

/** Looks through a template for what is wrong. */
export type Check = (model: Model) => Iterable<Hit>;

/** A rule of the validator: an entry with its check, or with what else finds it. */
export type Rule = Entry &
  (
    | {
        readonly check: Check;
        readonly by?: undefined;
        /** Where a schema finds the same by the same code: the check finds it better, and the schema's finding is dropped. */
        readonly instead?: 'schema';
      }
    /** The reader of texts, or the walk through a resource type's schema, which finds several codes at once. */
    | { readonly by: 'reader' | 'schema'; readonly check?: undefined; readonly instead?: undefined }
  );

/** What a check found. What it leaves out is its rule's. */
export type Hit = Omit<Problem, 'message'> & {
  readonly message?: string;
  /** Where it is less certain, or less bad, than the rule says. */
  readonly severity?: Severity;
};

/** What the checks of rules find in a template. */
export function* foundBy(rules: readonly Rule[], model: Model): Generator<Finding> {
  for (const { code, severity, message, fix, check } of rules)
    for (const { hint, ...hit } of check?.(model) ?? [])
      yield { code, ...(severity && { severity }), message, hint: hintOr(hint, fix), ...hit };
}

function hintOr(hint: Hint | undefined, fix: string): Hint {
  return typeof hint === 'function' ? () => hint() ?? fix : (hint ?? fix);
}
