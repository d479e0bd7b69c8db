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

/** Classes of Java's that JavaScript does not have, as ranges to write within brackets. */
const JAVA: Readonly<Record<string, string>> = { Graph: '\\x21-\\x7e', Print: '\\x20-\\x7e' };

/**
 * The registry's patterns are Python's or Java's here and there: \A and \Z are the ends of the text, and \p{Print} is a
 * class of Java's. Without the flag `u`, JavaScript would read `\p{L}` as the letters that are written.
 */
function compile(written: string): RegExp | undefined {
  const pattern = withJavaClasses(written.replaceAll('\\A', '^').replaceAll('\\Z', '$'));
  for (const flags of /\\p\{/i.test(pattern) ? ['u'] : ['u', '']) {
    try {
      return new RegExp(pattern, flags);
    } catch {
      // Not of this kind.
    }
  }
  return undefined;
}

function withJavaClasses(pattern: string): string {
  let inBrackets = false;
  return pattern.replace(/\\p\{(Graph|Print)\}|\\.|[[\]]/gs, (part, name: string | undefined) => {
    if (part === '[' || part === ']') inBrackets = part === '[';
    const range = name === undefined ? undefined : JAVA[name];
    if (range === undefined) return part;
    return inBrackets ? range : `[${range}]`;
  });
}
