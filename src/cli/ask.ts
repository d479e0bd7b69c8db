import type { Cli } from './cli-context.ts';
import type { Progress } from './progress.ts';

/**
 * A function that asks a person a question which is answered with y or n; undefined where nobody sits at a terminal to
 * answer. What is neither yes nor y is no.
 */
export function asker({ io }: Cli, display: Progress): ((question: string) => Promise<boolean>) | undefined {
  if (!io.stderr.isTTY || !io.stdin.isTTY) return undefined;
  return async (question) => {
    display.pause();
    const { createInterface } = await import('node:readline');
    // Lines only: the terminal itself shows what is typed, and sends Ctrl-C.
    const lines = createInterface({ input: io.stdin, terminal: false });
    io.stderr.write(`${question} [y/N] `);
    try {
      for await (const line of lines) return /^\s*y(?:es)?\s*$/i.test(line);
      return false;
    } finally {
      lines.close();
      io.stdin.pause();
    }
  };
}
