import { testInTime } from '../../document/pattern-match.ts';

/** How long a pattern may take, in milliseconds: some of the registry's try each way of dividing a text. */
const DEADLINE = 100;
/** How many patterns may take too long for a template before such patterns are not tried any more. */
const MAX_LATE = 3;

const patterns = new Map<string, RegExp | undefined>();
/** Patterns that took too long for a text of the template that is being checked. */
let late = new Set<string>();

/** Forgets what took too long: another template is checked. */
export function anotherTemplate(): void {
  if (late.size > 0) late = new Set();
}

/**
 * Whether a pattern of a schema is found in a text. Of a pattern that JavaScript does not know, or that takes too long,
 * nothing is claimed.
 */
export function matches(pattern: string, text: string): boolean {
  if (!patterns.has(pattern)) patterns.set(pattern, compile(pattern));
  const compiled = patterns.get(pattern);
  if (!compiled) return true;
  const found = testInTime(compiled, text, late.has(pattern) || late.size >= MAX_LATE ? 0 : DEADLINE);
  if (found === undefined) late.add(pattern);
  return found ?? true;
}

/** The registry's patterns are Python's or Java's here and there: \A and \Z are the ends of the text. */
function compile(written: string): RegExp | undefined {
  const pattern = written.replaceAll('\\A', '^').replaceAll('\\Z', '$');
  for (const flags of ['u', '']) {
    try {
      return new RegExp(pattern, flags);
    } catch {
      // Not of this kind.
    }
  }
  return undefined;
}
