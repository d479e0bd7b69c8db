const patterns = new Map<string, RegExp | undefined>();

/** Whether a pattern of a schema is found in a text. Of a pattern that JavaScript does not know nothing is claimed. */
export function matches(pattern: string, text: string): boolean {
  if (!patterns.has(pattern)) patterns.set(pattern, compile(pattern));
  return patterns.get(pattern)?.test(text) ?? true;
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
