import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** A server that a test started, as a process group of its own. */
export interface ServerProcess {
  readonly url: string;
  /** What the server has written so far. */
  log(): string;
  /** Ends the server and everything that it started. */
  stop(): Promise<void>;
}

/** How to start a server on a port of the loopback interface, and the path that answers 200 when it is ready. */
export interface ServerCommand {
  readonly file: string;
  readonly args: (port: number) => readonly string[];
  readonly env?: (port: number) => NodeJS.ProcessEnv;
  readonly readyPath: string;
}

/** A TCP port of 127.0.0.1 that nothing listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * Becomes the server, beside a guard that ends the whole group as soon as the test's process is gone: its end of pipe 3
 * closes, whatever ended it.
 */
const GUARDED = '(cat <&3; kill -KILL 0) >/dev/null 2>&1 & exec "$@" 3<&-';

/** Starts a server and waits until it answers. Throws, with what the server wrote, when it ends or is not ready within 60 s. */
export async function startServer(command: ServerCommand): Promise<ServerProcess> {
  const port = await freePort();
  const options: SpawnOptions = {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: command.env?.(port) ?? process.env,
  };
  const child = spawn('sh', ['-c', GUARDED, 'sh', command.file, ...command.args(port)], options);
  const failure = once(child, 'error').then(([cause]) => Promise.reject(cause));
  let text = '';
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text = (text + chunk).slice(-200_000);
    });
  }
  const stop = async () => {
    const running = child.exitCode === null && child.signalCode === null;
    const ended = running && once(child, 'exit');
    killGroup(child);
    await ended;
  };
  const url = `http://127.0.0.1:${port}`;
  try {
    await Promise.race([failure, untilReady(url + command.readyPath, child)]);
  } catch (cause) {
    await stop();
    throw new Error(`${command.file} did not start:\n${text}`, { cause });
  }
  return { url, log: () => text, stop };
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; ) {
    if (child.exitCode !== null) throw new Error(`exit code ${child.exitCode}`);
    const answer = await fetch(url).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('not ready within 60 seconds');
}

function killGroup(child: ChildProcess): void {
  try {
    if (child.pid) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group has ended by itself.
  }
}
