const NEWLINE = 10;

/**
 * The line of a sorted file that begins with a word and a space, without these; undefined where there is none. A dozen
 * lines are looked at, and no more of the file becomes text.
 * @param bytes ASCII, the lines in the order of their words
 * @param from where the first of the sorted lines begins
 */
export function lineOf(bytes: Buffer, word: string, from = 0): string | undefined {
  const wanted = `${word} `;
  let low = from;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const start = middle === low ? low : Math.max(low, bytes.lastIndexOf(NEWLINE, middle - 1) + 1);
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline < 0 ? bytes.length : newline;
    const begin = bytes.toString('latin1', start, Math.min(end, start + wanted.length));
    if (begin === wanted) return bytes.toString('latin1', start + wanted.length, end);
    if (begin < wanted) low = end + 1;
    else high = start;
  }
  return undefined;
}
