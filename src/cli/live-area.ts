import type { Output } from './io.ts';

/** The lines at the bottom of a terminal that are drawn again and again. */
export interface LiveArea {
  /** Draws these lines in the place of those before. */
  draw(lines: readonly string[]): void;
  /** Takes the lines away; what is written next is where they were. */
  clear(): void;
  /** Leaves the lines where they are; what is drawn next is below them. */
  keep(): void;
}

/** Begins an area on a terminal. No line may be wider than it: a line that wraps would count as two. */
export function liveArea(output: Output): LiveArea {
  let height = 0;
  const back = (): string => (height === 0 ? '' : `\x1b[${height}A\r\x1b[J`);
  return {
    draw(lines) {
      output.write(`${back()}${lines.map((line) => `${line}\n`).join('')}`);
      height = lines.length;
    },
    clear() {
      if (height > 0) output.write(back());
      height = 0;
    },
    keep() {
      height = 0;
    },
  };
}
