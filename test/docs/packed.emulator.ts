import { execFile, execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { installPacked } from '../support/packed.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'podlaunch-packed-'));
const installed = join(folder, 'node_modules/podlaunch');
const BUNDLED = ['@peculiar', 'ajv', 'commander', 'https-proxy-agent', 'proxy-from-env', 'reflect-metadata', 'yaml'];

beforeAll(() => installPacked(folder));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A command of the installed package; what it prints, whatever its exit code is. */
async function podlaunch(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const options = { cwd: folder, env: { PATH: process.env['PATH'], ...env } };
  const ran = promisify(execFile)('npx', ['podlaunch', ...args], options);
  const { stdout, stderr } = await ran.catch((failed: { stdout: string; stderr: string }) => failed);
  return stdout + stderr;
}

test('nothing that lib/ has in it is installed once more, and its licence is there', () => {
  const packages = readdirSync(join(folder, 'node_modules'));
  expect(packages.filter((name) => BUNDLED.includes(name))).toEqual([]);
  const licenses = readFileSync(join(installed, 'lib/THIRD-PARTY-LICENSES'), 'utf8');
  const isNamed = (name: string) =>
    new RegExp(`^${name}(/x509)? [0-9.]+\n\n.*(license|copyright)`, 'im').test(licenses);
  expect(BUNDLED.filter((name) => !isNamed(name))).toEqual([]);
});

test('certificates are made with the library in the bundle', async () => {
  expect(await podlaunch(['certificate', 'create', '--name', 'ldaps.example.com'])).toContain('ldaps.example.com');
  const read = (name: string) => new X509Certificate(readFileSync(join(folder, 'certificate', name)));
  expect(read('certificate.pem').verify(read('ca.pem').publicKey)).toBe(true);
});

test('a proxy is asked with the libraries in the bundle', async () => {
  const proxy = createServer((_, response) => response.writeHead(502).end());
  proxy.on('connect', (_, socket) => socket.on('error', () => undefined).end('HTTP/1.1 403 Forbidden\r\n\r\n'));
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
  const place = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const links = ['links', '--to', 's3://podlaunch-packed', '--region', 'us-west-2'];
  expect(await podlaunch(links, { HTTPS_PROXY: place })).toContain('proxy answered 403');
  const plain = [...links, '--endpoint-url', 'http://s3.invalid'];
  expect(await podlaunch(plain, { HTTP_PROXY: place })).toContain('502');
  proxy.close();
});

test('the types need no package that is not installed', () => {
  writeFileSync(join(folder, 'typed.ts'), "export { compile, type Config, validate } from 'podlaunch';\n");
  const strict = [
    '--noEmit',
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2023',
    '--lib',
    'es2023',
    '--types',
    'node',
  ];
  const roots = ['--typeRoots', join(ROOT, 'node_modules/@types')];
  execFileSync(join(ROOT, 'node_modules/.bin/tsc'), [...strict, ...roots, 'typed.ts'], { cwd: folder });
});
