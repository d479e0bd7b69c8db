/** The end of a version that podlaunch derives from the content: it says nothing about which is older. */
const DERIVED = /^[0-9a-f]{8}$/;

/**
 * Whether a version comes before another, by the rules of https://semver.org where they apply: numbers between dots,
 * with or without a `v` before them, and then a pre-release. Of names that are no such versions, and of two edits that
 * podlaunch numbered by their content, nobody can tell: the answer is no.
 */
export function isOlder(version: string, than: string): boolean {
  const [a, b] = [parsed(version), parsed(than)];
  if (!a || !b) return false;
  const length = Math.max(a.numbers.length, b.numbers.length);
  for (let i = 0; i < length; i++) {
    const difference = (a.numbers[i] ?? 0) - (b.numbers[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  if (DERIVED.test(a.rest) || DERIVED.test(b.rest)) return false;
  if (a.rest === '' || b.rest === '') return a.rest !== '' && b.rest === '';
  return isBefore(a.rest.split('.'), b.rest.split('.'));
}

function parsed(version: string): { readonly numbers: readonly number[]; readonly rest: string } | undefined {
  const match = /^v?([0-9]{1,15}(?:\.[0-9]{1,15})*)(?:-(.+))?$/.exec(version);
  return match ? { numbers: match[1]!.split('.').map(Number), rest: match[2] ?? '' } : undefined;
}

/** Pre-releases, part by part: numbers by size and before words, words by their letters, fewer parts before more. */
function isBefore(a: readonly string[], b: readonly string[]): boolean {
  for (const [i, part] of a.entries()) {
    const other = b[i];
    if (other === undefined) return false;
    if (part === other) continue;
    const [number, otherNumber] = [part, other].map((text) => (/^[0-9]{1,15}$/.test(text) ? Number(text) : undefined));
    if (number !== undefined && otherNumber !== undefined) return number < otherNumber;
    if (number !== undefined || otherNumber !== undefined) return number !== undefined;
    return part < other;
  }
  return a.length < b.length;
}
