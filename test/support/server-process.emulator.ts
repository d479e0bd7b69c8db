import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer } from './server-process.ts';

/** A server that answers everything, as a program of node. */
const SERVER = "require('http').createServer((_, answer) => answer.end()).listen(process.argv[1], '127.0.0.1')";

describe('a server that a test started', () => {
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'podlaunch-server-'));
    const contents = `
      import { startServer } from './server-process.ts';
      const args = (port) => ['-e', ${JSON.stringify(SERVER)}, String(port)];
      const { url } = await startServer({ file: process.execPath, args, readyPath: '/' });
      console.log(url);`;
    const stdin = { contents, resolveDir: import.meta.dirname };
    await build({ stdin, outfile: join(folder, 'tests.mjs'), bundle: true, format: 'esm', platform: 'node' });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)('ends with the process of the test: %s', async (signal) => {
    const tests: ChildProcess = spawn(process.execPath, [join(folder, 'tests.mjs')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(tests.stdout!, 'data');
    const url = String(line).trim();
    expect((await fetch(url)).ok).toBe(true);
    tests.kill(signal);
    await once(tests, 'exit');
    await expect
      .poll(
        () =>
          fetch(url).then(
            () => 'answers',
            () => 'gone',
          ),
        { timeout: 10_000 },
      )
      .toBe('gone');
  });

  test('that does not start is told, with what it wrote', async () => {
    const args = () => ['-e', 'console.error("no such luck"); process.exit(3)'];
    const starting = startServer({ file: process.execPath, args, readyPath: '/' });
    await expect(starting).rejects.toThrow('no such luck');
    await expect(startServer({ file: '/no/such/server', args, readyPath: '/' })).rejects.toThrow('did not start');
  });
});
