import type { Readable } from 'node:stream';

/** Where a command writes: process.stdout, process.stderr, or a buffer of a test. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

/** Where a command reads what must not be in its arguments: process.stdin, or a stream of a test. */
export type Input = Readable & { readonly isTTY?: boolean; setRawMode?(raw: boolean): unknown };

/** Everything of the process that a command may touch, so that the whole command line runs in a test without a process. */
export interface Io {
  readonly stdin: Input;
  /** The result of the command. */
  readonly stdout: Output;
  /** Progress, notes and usage errors. */
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder against which paths in arguments are resolved. */
  readonly cwd: string;
  /** Ends a command that goes on until it is told to stop. Default: only Ctrl-C does. */
  readonly signal?: AbortSignal;
}

/**
 * Whether to colour what goes to an output: only a terminal, never under NO_COLOR (https://no-color.org) or on a dumb
 * terminal; FORCE_COLOR colours a pipe too.
 */
export function hasColours(output: Output, env: Io['env']): boolean {
  if (env['NO_COLOR'] || env['FORCE_COLOR'] === '0' || env['FORCE_COLOR'] === 'false') return false;
  if (env['FORCE_COLOR'] !== undefined) return true;
  return output.isTTY === true && env['TERM'] !== 'dumb';
}
