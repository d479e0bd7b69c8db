import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** A request that the function made by a client of the AWS SDK. */
export interface AwsCall {
  /** As the SDK calls it, such as `CloudFormation`. */
  readonly service: string;
  /** Such as `DescribeStacks`. */
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** How a run of a function ended. */
export interface FunctionEnd {
  /** null when it was killed. */
  readonly code: number | null;
  /** All that it wrote, which Lambda puts into its log. */
  readonly log: string;
  /** What it asked of AWS, in order; nothing is known of a function that was killed. */
  readonly calls: readonly AwsCall[];
  /** What its handler gave for each event, as JSON. */
  readonly results: readonly unknown[];
}

/** A function that is running. */
export interface FunctionRun {
  readonly ended: Promise<FunctionEnd>;
  kill(): void;
}

/** How a function runs. */
export interface FunctionOptions {
  readonly env: NodeJS.ProcessEnv;
  /** The Node.js to run on. */
  readonly node: string;
  /** What Lambda's context says is left, in ms. Default: ten minutes. */
  readonly remaining?: number;
  /** How long the process stays after the last event, in ms: Lambda keeps it, and what it left undone. Default: 0. */
  readonly linger?: number;
}

/**
 * Calls index.handler as Lambda's Node.js runtime does, for one event after the other, and then ends the process. Notes
 * each request that a client of the SDK sends.
 */
const RUNTIME = `
const { Client } = require('@smithy/core/client');
const [calls, results] = [[], []];
const send = Client.prototype.send;
Client.prototype.send = function (command, ...rest) {
  const operation = command.constructor.name.replace(/Command$/, '');
  calls.push({ service: this.config.serviceId, operation, input: { ...command.input, Body: undefined } });
  return send.call(this, command, ...rest);
};
process.on('exit', () => require('node:fs').writeFileSync(process.argv[1] + '/calls.json', JSON.stringify({ calls, results })));
const { handler } = require(process.argv[1] + '/index.cjs');
const [remaining, linger] = process.argv.slice(2).map(Number);
const log = { logGroupName: 'copy-logs', logStreamName: 'run-1' };
const context = { getRemainingTimeInMillis: () => remaining, awsRequestId: 'run-' + process.pid, ...log };
const chunks = [];
process.stdin.on('data', (chunk) => chunks.push(chunk)).on('end', async () => {
  try {
    for (const event of JSON.parse(Buffer.concat(chunks).toString())) results.push(await handler(event, context));
    setTimeout(() => process.exit(0), linger);
  } catch (thrown) {
    console.error(thrown);
    process.exit(1);
  }
});
`;

/** Starts the text of a function (CommonJS, as in ZipFile) in a Node.js process of its own, with the real AWS SDK. */
export function startFunction(code: string, events: readonly object[], options: FunctionOptions): FunctionRun {
  const { env, node, remaining = 600_000, linger = 0 } = options;
  const folder = mkdtempSync(join(tmpdir(), 'podlaunch-function-'));
  writeFileSync(join(folder, 'index.cjs'), code);
  const sdk = {
    NODE_PATH: resolve(import.meta.dirname, '../../node_modules'),
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
  const child = spawn(node, ['-e', RUNTIME, folder, `${remaining}`, `${linger}`], {
    env: { ...env, ...sdk },
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      log += chunk;
    });
  }
  const ended = once(child, 'close').then(([code]): FunctionEnd => {
    const file = join(folder, 'calls.json');
    const noted = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { calls: [], results: [] };
    rmSync(folder, { recursive: true });
    return { code, log, ...noted };
  });
  child.stdin.on('error', () => {}).end(JSON.stringify(events));
  return { ended, kill: () => child.kill('SIGKILL') };
}
