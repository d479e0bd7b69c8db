import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bashArguments } from '../support/bash.ts';
import { type BundledCli, bundleCli } from '../support/bundled-cli.ts';
import { hasPython } from '../support/python-tools.ts';

let bundled: BundledCli;
let cli: string;
beforeAll(async () => {
  bundled = await bundleCli();
  cli = bundled.file;
});
afterAll(() => bundled.remove());

const run = promisify(execFile);

/** A pipe that fails when any part of it does. */
const bash = (line: string) =>
  run('bash', bashArguments(line, ['-o', 'pipefail']), {
    cwd: tmpdir(),
    env: { ...process.env, CLI: cli, NODE: process.execPath },
  });

describe('a reader that has seen enough', () => {
  test.each([
    '$NODE $CLI --help | head -c 1',
    '$NODE $CLI compile --help | true',
    '$NODE $CLI 2>&1 | true || [ ${PIPESTATUS[0]} = 2 ]',
  ])('%s', async (line) => {
    expect((await bash(line)).stderr).toBe('');
  });
});

test.skipIf(process.platform !== 'linux')('a full disk behind the output is said in words', async () => {
  const { stderr } = await bash('! $NODE $CLI --help > /dev/full');
  expect(stderr).toBe('error PL0001: The output could not be written (ENOSPC).\n');
});

test('it ends as soon as all is written, and waits until then', async () => {
  const waits = `data:text/javascript,process.on('beforeExit', () => console.log('waited'))`;
  expect((await bash(`$NODE --import "${waits}" $CLI --version`)).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  const { stdout } = await bash('$NODE $CLI rules --json | (sleep 0.5; cat)');
  expect(JSON.parse(stdout).length).toBeGreaterThan(200);
});

test('a folder that was deleted under the command is said in words', async () => {
  const { stderr } = await bash('cd "$(mktemp -d)" && rmdir "$PWD" && ! $NODE $CLI validate');
  expect(stderr).toMatch(/^error PL0003: .*\n {2}= .*\n$/);
});

test('no colours in a pipe; with FORCE_COLOR there are', async () => {
  const plain = await bash('! $NODE $CLI links 2>&1');
  expect(plain.stdout).toContain('PL5001');
  expect(plain.stdout).not.toContain('\x1b');
  expect((await bash('! FORCE_COLOR=1 $NODE $CLI links 2>&1')).stdout).toContain('\x1b[31m');
});

test('Ctrl-C ends with 130, and without a stack', async () => {
  const child: ChildProcess = spawn(process.execPath, [cli, 'password', 'obfuscate'], { stdio: 'pipe' });
  let err = '';
  child.stderr!.on('data', (piece) => {
    err += piece;
  });
  // More than fits in a pipe: it is written when the command reads.
  await new Promise((read) => child.stdin!.write(Buffer.alloc(1_000_000, 'x'), read));
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([130, null]);
  expect(err.trim()).toBe('');
});

test('Ctrl-C in the midst of a publish says what is left', async () => {
  // An S3 that lets everyone read, has nothing, and takes no file to its end.
  const policy = JSON.stringify({ Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' } });
  let writing = (): void => {};
  const written = new Promise<void>((done) => {
    writing = done;
  });
  const server = createServer((request, response) => {
    if (request.method === 'PUT') writing();
    else if (/[?&]policy/.test(request.url!)) response.end(policy);
    else if (/list-type/.test(request.url!)) response.end('<ListBucketResult></ListBucketResult>');
    else if (/publicAccessBlock/.test(request.url!)) response.end('<PublicAccessBlockConfiguration/>');
    else response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const endpoint = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  const argv = ['publish', '--to', 's3://my-bucket', '--region', 'us-west-2', '--endpoint-url', endpoint];
  const env = { ...process.env, AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' };
  const child = spawn(process.execPath, [cli, ...argv], { cwd: bundled.folder, env, stdio: 'pipe' });
  let err = '';
  child.stderr.on('data', (piece) => {
    err += piece;
  });
  const ended = once(child, 'exit');
  await Promise.race([written, ended]);
  child.kill('SIGINT');
  expect((await ended)[0], err).toBe(130);
  expect(err).toMatch(/\nInterrupted: the channel latest does not exist yet\. Run the command again; .*\n$/);
  server.closeAllConnections();
  server.close();
});

/** Types into a real terminal; shows what the terminal showed. */
const TYPIST = `
import os, pty, sys, time
shown = b''
pid, terminal = pty.fork()
if pid == 0:
    os.execv(sys.argv[1], sys.argv[1:])
for prompt, keys in ((b'Password: ', b'hunter2\\r'), (b'again: ', b'hunter2\\r')):
    while prompt not in shown:
        shown += os.read(terminal, 1024)
    time.sleep(0.2)
    os.write(terminal, keys)
try:
    while True:
        piece = os.read(terminal, 1024)
        if not piece:
            break
        shown += piece
except OSError:
    pass
sys.stdout.write(shown.decode())
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`;

test.skipIf(!hasPython())('a real terminal shows no password', async () => {
  const { stdout } = await run('python3', ['-c', TYPIST, process.execPath, cli, 'password', 'obfuscate']);
  expect(stdout).toMatch(/^Password: \r\nPassword again: \r\nAAAQAA?[A-Za-z0-9+/=]+\r\n$/);
  expect(stdout).not.toContain('hunter2');
});
