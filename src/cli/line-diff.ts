/** How many lines are shown around one that changes. */
const AROUND = 2;

/** A unified diff of two texts with as many lines: what changes is within lines. */
export function lineDiff(name: string, before: string, after: string): string {
  const [old, now] = [before, after].map((text) => text.split('\n')) as [string[], string[]];
  const changed = old.flatMap((line, index) => (line === now[index] ? [] : [index]));
  const blocks: [from: number, to: number][] = [];
  for (const index of changed) {
    const last = blocks.at(-1);
    if (last && index - last[1] <= 2 * AROUND) last[1] = index;
    else blocks.push([index, index]);
  }
  return [`--- ${name}`, `+++ ${name}`, ...blocks.flatMap(([from, to]) => block(old, now, from, to))].join('\n');
}

function block(old: readonly string[], now: readonly string[], from: number, to: number): readonly string[] {
  const start = Math.max(0, from - AROUND);
  const end = Math.min(old.length, to + AROUND + 1);
  const lines: string[] = [];
  for (let index = start; index < end; index++) {
    if (old[index] === now[index]) {
      lines.push(` ${old[index]}`);
      continue;
    }
    let last = index;
    while (last + 1 < end && old[last + 1] !== now[last + 1]) last++;
    for (let at = index; at <= last; at++) lines.push(`-${old[at]}`);
    for (let at = index; at <= last; at++) lines.push(`+${now[at]}`);
    index = last;
  }
  const range = `${start + 1},${end - start}`;
  return [`@@ -${range} +${range} @@`, ...lines];
}
