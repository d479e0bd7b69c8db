/** Longer names are compared with nothing: nobody types them, and comparing costs the square of the length. */
const MAX_NAME = 255;

/**
 * The candidate most like a misspelt name, or undefined when none is near (more than a third of the letters differ).
 * Used for "did you mean …?" hints.
 */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length > MAX_NAME) return undefined;
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(Math.max(name.length, 3) / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase(), bestDistance);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/**
 * The candidate that a misspelt name certainly means, or undefined: at most two letters differ, no other candidate is
 * nearly as near, and the digits are the same (another digit is another thing, not a slip).
 */
export function onlyNear(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length > MAX_NAME) return undefined;
  const most = name.length < 3 ? 0 : name.length < 6 ? 1 : 2;
  let best: string | undefined;
  let least = most + 1;
  let second = Infinity;
  for (const candidate of candidates) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase(), most + 2);
    if (distance < least) [best, least, second] = [candidate, distance, least <= most ? least : second];
    else second = Math.min(second, distance);
  }
  if (best === undefined || second <= least + 1 || digits(name) !== digits(best)) return undefined;
  return best;
}

function digits(text: string): string {
  return text.replace(/\D+/g, ' ').trim();
}

/** Damerau-Levenshtein distance (adjacent swaps count once), given up at `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, beforePrevious[j - 2]! + 1);
      }
      current.push(cost);
      if (cost < least) least = cost;
    }
    if (least > limit) return limit;
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length]!;
}
