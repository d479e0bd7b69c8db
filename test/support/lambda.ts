import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** How a run of a function ended. */
export interface FunctionEnd {
  /** null when it was killed. */
  readonly code: number | null;
  /** All that it wrote, which Lambda puts into its log. */
  readonly log: string;
}

/** A function that is running. */
export interface FunctionRun {
  readonly ended: Promise<FunctionEnd>;
  kill(): void;
}

/** How a function runs. */
export interface FunctionOptions {
  readonly env: NodeJS.ProcessEnv;
  /** What Lambda's context says is left, in ms. Default: ten minutes. */
  readonly remaining?: number;
  /** How long the process stays after the last event, in ms: Lambda keeps it, and what it left undone. Default: 0. */
  readonly linger?: number;
}

/** Calls index.handler as Lambda's Node.js runtime does, for one event after the other, and then ends the process. */
const RUNTIME = `
const { handler } = require(process.argv[1] + '/index.cjs');
const [remaining, linger] = process.argv.slice(2).map(Number);
const context = { getRemainingTimeInMillis: () => remaining, logGroupName: 'copy-logs', logStreamName: 'run-1' };
const chunks = [];
process.stdin.on('data', (chunk) => chunks.push(chunk)).on('end', async () => {
  try {
    for (const event of JSON.parse(Buffer.concat(chunks).toString())) await handler(event, context);
    setTimeout(() => process.exit(0), linger);
  } catch (thrown) {
    console.error(thrown);
    process.exit(1);
  }
});
`;

/** Starts the text of a function (CommonJS, as ZipFile holds it) in a Node.js process of its own, with the real AWS SDK. */
export function startFunction(code: string, events: readonly object[], options: FunctionOptions): FunctionRun {
  const { env, remaining = 600_000, linger = 0 } = options;
  const folder = mkdtempSync(join(tmpdir(), 'podlaunch-function-'));
  writeFileSync(join(folder, 'index.cjs'), code);
  const sdk = {
    NODE_PATH: resolve(import.meta.dirname, '../../node_modules'),
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
  const child = spawn(process.execPath, ['-e', RUNTIME, folder, `${remaining}`, `${linger}`], {
    env: { ...env, ...sdk },
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      log += chunk;
    });
  }
  const ended = once(child, 'close').then(([code]): FunctionEnd => {
    rmSync(folder, { recursive: true });
    return { code, log };
  });
  child.stdin.on('error', () => {}).end(JSON.stringify(events));
  return { ended, kill: () => child.kill('SIGKILL') };
}
