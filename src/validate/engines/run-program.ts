import { spawn } from 'node:child_process';

/** How a program ended. */
export interface ProgramResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a program is started. */
export interface ProgramOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where it runs. */
  readonly cwd: string;
  /** What it reads from its standard input. Default: nothing. */
  readonly input?: string;
}

/** Runs a program to its end. Gives undefined where there is no such program; its exit code is the caller's to judge. */
export function runProgram(
  file: string,
  args: readonly string[],
  { env, cwd, input = '' }: ProgramOptions,
): Promise<ProgramResult | undefined> {
  return new Promise((resolve) => {
    const child = started(file, args, { env, cwd });
    if (child === undefined) {
      resolve(undefined);
      return;
    }
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (data: Buffer) => out.push(data));
    child.stderr.on('data', (data: Buffer) => err.push(data));
    child.on('error', () => resolve(undefined));
    child.on('close', (code) =>
      resolve({ code: code ?? 1, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }),
    );
    // A program that ends without reading is not a fault.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

/** Node reports some reasons why there is no such program as an event, and throws others, such as a PATH that leads through a file. */
function started(file: string, args: readonly string[], { env, cwd }: ProgramOptions) {
  try {
    return spawn(file, args, { env, cwd, stdio: ['pipe', 'pipe', 'pipe'] });
  } catch {
    return undefined;
  }
}
