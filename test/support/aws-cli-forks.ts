import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { AwsResult } from './aws-cli.ts';
import { pythonTool } from './python-tools.ts';

const SCRIPT = join(import.meta.dirname, 'aws_cli_forks.py');

/** A run of the AWS CLI: what it is asked, and the folder for what it says. */
interface Run {
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly folder: string;
}

/** Starts a run and gives its exit code. Throws when the process that forks has ended. */
type Start = (run: Run) => Promise<number>;

let forks: Promise<Start> | undefined;

/** Runs the AWS CLI in a fork of a process that has imported it. That process starts with the first run and ends with this one. */
export async function forkedAws(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  cwd = process.cwd(),
): Promise<AwsResult> {
  forks ??= startForks();
  const start = await forks;
  const folder = mkdtempSync(join(tmpdir(), 'podlaunch-aws-'));
  try {
    const code = await start({ args, env, cwd, folder });
    const said = (name: string) => readFileSync(join(folder, name), 'utf8');
    return { code, stdout: said('stdout'), stderr: said('stderr') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function startForks(): Promise<Start> {
  const child = spawn(await pythonTool('awscli', 'python'), [SCRIPT], { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting: ((code: number) => void)[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { id, code } = JSON.parse(line);
    waiting[id]!(code);
  });
  const over = once(child, 'exit').then(([code]) => Promise.reject(new Error(`${SCRIPT}: exit code ${code}`)));
  over.catch(() => undefined);
  return (run) => {
    const ended = new Promise<number>((done) => {
      child.stdin.write(`${JSON.stringify({ id: waiting.push(done) - 1, ...run })}\n`);
    });
    return Promise.race([ended, over]);
  };
}
