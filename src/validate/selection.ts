import type { Diagnostic, Severity } from '../diagnostics/diagnostic.ts';
import { nearest } from '../diagnostics/nearest.ts';
import { refuse } from '../diagnostics/refusal.ts';
import { MEANINGS } from './rules/index.ts';

/**
 * Which findings are reported, and how severe they are. A rule is named by its code (`W2001`), by its name
 * (`unused-parameter`), or with others by how their codes begin (`W` is every warning). The longest code that fits counts.
 */
export interface Selection {
  /** Rules whose findings are not reported. */
  readonly ignore?: readonly string[] | undefined;
  /** Rules whose findings are reported although `ignore` names the beginning of their codes. */
  readonly include?: readonly string[] | undefined;
  /** Rules whose findings have another severity. */
  readonly severity?: Readonly<Record<string, Severity>> | undefined;
  /** Whether it is an error that something could not be checked, such as a type that podlaunch does not know. */
  readonly strict?: boolean | undefined;
}

/** Something that is said of all codes that begin so. */
interface Said<T> {
  readonly beginning: string;
  readonly value: T;
}

/**
 * Makes the function that leaves out of findings what is not to be reported, and changes severities.
 * @param selections where two say something of the same code, the later one counts
 * @param foreign whether codes of cfn-lint that podlaunch does not have are known too
 * @throws Refusal PL3101 for a code or name that no rule has
 */
export function selector(
  selections: readonly Selection[],
  foreign = false,
): (findings: readonly Diagnostic[]) => readonly Diagnostic[] {
  const reported: Said<boolean>[] = [];
  const severities: Said<Severity>[] = [];
  for (const { ignore = [], include = [], severity = {}, strict = false } of selections) {
    for (const one of ignore) reported.push({ beginning: codeOf(one, foreign), value: false });
    for (const one of include) reported.push({ beginning: codeOf(one, foreign), value: true });
    if (strict)
      for (const { code, unchecked } of MEANINGS) if (unchecked) severities.push({ beginning: code, value: 'error' });
    for (const [one, value] of Object.entries(severity)) severities.push({ beginning: codeOf(one, foreign), value });
  }
  return (findings) =>
    findings
      .filter(({ code }) => saidOf(code, reported) !== false)
      .map((one) => ({ ...one, severity: saidOf(one.code, severities) ?? one.severity }));
}

/** What is said of a code: by the longest beginning, and of the same ones by the last. */
function saidOf<T>(code: string, all: readonly Said<T>[]): T | undefined {
  let best: Said<T> | undefined;
  for (const one of all)
    if (code.startsWith(one.beginning) && one.beginning.length >= (best?.beginning.length ?? 0)) best = one;
  return best?.value;
}

/** The code, or the beginning of codes, that somebody means. */
function codeOf(asked: string, foreign: boolean): string {
  const code = asked.toUpperCase();
  if (code !== '' && MEANINGS.some((one) => one.code.startsWith(code))) return code;
  const named = MEANINGS.find(({ name }) => name === asked.toLowerCase());
  if (named) return named.code;
  if (foreign && /^[EWI]\d{0,4}$/.test(code)) return code;
  const near = nearest(asked, [...MEANINGS.map((one) => one.code), ...MEANINGS.map(({ name }) => name)]);
  throw refuse({
    code: 'PL3101',
    message: `No rule has the code or name ${JSON.stringify(asked)}.`,
    hint: `${near === undefined ? '' : `Did you mean ${near}? `}podlaunch rules lists them all.`,
  });
}
