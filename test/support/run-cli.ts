import { Readable } from 'node:stream';
import type { CommandEntry } from '../../src/cli/commands.ts';
import type { Input, Output } from '../../src/cli/io.ts';
import { main } from '../../src/cli/main.ts';

/** What a run of the command line left behind. */
export interface CliRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** How a run differs from one in this folder, with an empty environment, without a terminal and with nothing on stdin. */
export interface CliRunOptions {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
  readonly stdin?: string | Input;
  readonly isTTY?: boolean;
  readonly commands?: readonly CommandEntry[];
  readonly signal?: AbortSignal;
  /** Is told of all that is on stdout whenever more is written to it. */
  readonly onOut?: (text: string) => void;
}

/** Runs the command line in this process. */
export async function runCli(argv: readonly string[], options: CliRunOptions = {}): Promise<CliRun> {
  const { cwd = process.cwd(), env = {}, stdin = '', isTTY = false, commands, signal, onOut } = options;
  const stdout = recorder(isTTY, onOut);
  const stderr = recorder(isTTY);
  const input = typeof stdin === 'string' ? Readable.from(stdin === '' ? [] : [Buffer.from(stdin)]) : stdin;
  const code = await main(argv, { stdin: input, stdout, stderr, env, cwd, ...(signal && { signal }) }, commands);
  return { code, out: stdout.text(), err: stderr.text() };
}

function recorder(isTTY: boolean, onWrite?: (text: string) => void): Output & { text(): string } {
  const pieces: string[] = [];
  const write = (text: string): void => {
    pieces.push(text);
    onWrite?.(pieces.join(''));
  };
  return { isTTY, columns: 100, write, text: () => pieces.join('') };
}
