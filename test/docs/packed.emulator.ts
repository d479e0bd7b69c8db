import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SMALL_STACKS } from '../../src/stacks/index.ts';
import { installPacked } from '../support/packed.ts';
import { codeBlocks } from './code-blocks.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'podlaunch-packed-'));
const installed = join(folder, 'node_modules/podlaunch');
const BUNDLED = ['ajv', 'commander', 'https-proxy-agent', 'proxy-from-env', 'yaml'];

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
  const isNamed = (name: string) => new RegExp(`^${name} [0-9.]+\n\n.*(license|copyright)`, 'im').test(licenses);
  expect(BUNDLED.filter((name) => !isNamed(name))).toEqual([]);
});

test('certificates are made without a library', async () => {
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

test("podlaunch's own scripts need no bash and no Python; one that was changed is checked as ever", async () => {
  const node = ['lib/cli.cjs', 'validate', '--json'];
  const found = (env: NodeJS.ProcessEnv) => {
    const { stdout } = spawnSync(process.execPath, node, { cwd: installed, env, encoding: 'utf8' });
    return (JSON.parse(stdout).diagnostics as { code: string }[]).map(({ code }) => code);
  };
  const nowhere = { PATH: '/nowhere' };
  expect(found(nowhere)).toEqual([]);
  const script = join(installed, 'lifecycle-scripts/podlaunch_node/cli.py');
  const before = readFileSync(script);
  writeFileSync(script, `${before}\ndef broken(:\n`);
  expect(found({ PATH: process.env['PATH'] })).toEqual(['PL2015']);
  expect(found(nowhere)).toEqual(['PL2019']);
  writeFileSync(script, before);
  expect(found(nowhere)).toEqual([]);
});

/** Compiles a program that uses the installed package as strictly as can be, declarations of libraries included. */
function compileProgram(file: string, types: readonly string[]): void {
  const compilerOptions = {
    ...{ strict: true, skipLibCheck: false, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true },
    ...{ noEmit: true, module: 'nodenext', target: 'es2023', lib: ['es2023'] },
    ...{ types, typeRoots: [join(ROOT, 'node_modules/@types')] },
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [file] }));
  const { status, stdout } = spawnSync(join(ROOT, 'node_modules/.bin/tsc'), [], { cwd: folder, encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
}

test('every export can be used from TypeScript, without the types of any other package', () => {
  const all = readFileSync(join(ROOT, 'src/index.ts'), 'utf8')
    .replace(/from '[^']+'/g, "from 'podlaunch'")
    .replace(/\w+ as /g, '');
  writeFileSync(join(folder, 'all.ts'), all);
  const program = `
    import { checkConfig, compile, type Diagnostic, links, readAssets, renderSarif, RULES, validate, withDefaults } from 'podlaunch';
    const config = withDefaults({ project: { name: 'physics' } });
    const found: readonly Diagnostic[] = compile(config, readAssets()).flatMap(validate);
    export const texts: readonly string[] = [renderSarif(found), RULES[0]?.fix ?? ''];
    export const urls: Promise<readonly string[]> = links(config, { offline: true }).then((made) => made.links.map(({ url }) => url));
    export const findings: Promise<readonly Diagnostic[]> = checkConfig(config).then(({ diagnostics }) => diagnostics);
    // @ts-expect-error a configuration is complete
    compile({}, readAssets());
  `;
  writeFileSync(join(folder, 'program.ts'), program);
  for (const file of ['all.ts', 'program.ts']) compileProgram(file, []);
});

test('only declarations that the exports lead to are shipped, and none that names another package', () => {
  const declarations = readdirSync(join(installed, 'lib/types'), { recursive: true, encoding: 'utf8' });
  expect(declarations.filter((name) => /^(cli|parts|aws)\b|\.map$/.test(name))).toEqual([]);
  const files = declarations.filter((name) => name.endsWith('.d.ts'));
  const foreign = files.filter((name) => /from '[^.]/.test(readFileSync(join(installed, 'lib/types', name), 'utf8')));
  expect(foreign).toEqual([]);
});

test("the README's program compiles, and prints the templates", () => {
  const [program, ...more] = codeBlocks(join(ROOT, 'README.md'), 'ts');
  expect(more).toEqual([]);
  writeFileSync(join(folder, 'readme.ts'), program!);
  compileProgram('readme.ts', ['node']);
  writeFileSync(join(folder, 'readme.mjs'), program!);
  const printed = execFileSync('node', ['readme.mjs'], { cwd: folder, encoding: 'utf8' });
  expect(printed.trim().split('\n')).toEqual(
    SMALL_STACKS.map(({ name }) => expect.stringMatching(`^${name}.yaml \\d+$`)),
  );
});
