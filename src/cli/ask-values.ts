import type { AskedValue } from '../deploy/parameters.ts';
import type { Cli } from './cli-context.ts';
import { readHidden, readLine } from './read-line.ts';

/** Who answers questions at a terminal. */
export interface Questions {
  /** A value of a parameter; what is secret is not shown. */
  ask(question: AskedValue, fault: string | undefined): Promise<string>;
  /** y or n; what is neither yes nor y is no. */
  confirm(question: string): Promise<boolean>;
}

/**
 * Asks at the terminal; undefined where nobody sits at one, or where a machine reads.
 * @param pause takes away what is drawn there
 */
export function questions({ io, json, note }: Cli, pause: () => void): Questions | undefined {
  if (json || !io.stderr.isTTY || !io.stdin.isTTY) return undefined;
  return {
    async ask({ name, label, description, isSecret }, fault) {
      pause();
      note(fault ?? `\n${label}. ${description}`.trimEnd());
      if (isSecret) return readHidden(io, `${name} (not shown): `);
      io.stderr.write(`${name}: `);
      return (await readLine(io.stdin)).trim();
    },
    async confirm(question) {
      pause();
      io.stderr.write(`${question} [y/N] `);
      return /^\s*y(?:es)?\s*$/i.test(await readLine(io.stdin));
    },
  };
}
