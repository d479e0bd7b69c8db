import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compile } from '../../../src/compile/compile.ts';
import { DEFAULTS } from '../../../src/config/defaults.ts';
import { readTemplate } from '../../../src/document/read/read-template.ts';
import { cfnLint } from '../../../src/validate/engines/cfn-lint.ts';
import { npmCfnLint } from '../../../src/validate/engines/npm-cfn-lint.ts';
import { hasPython, pythonTool } from '../../support/python-tools.ts';

const templates = compile(DEFAULTS, { sha256: 'a'.repeat(64) });
const FAULTY = `Parameters:
  Name: {Default: 😀, Type: String, Foo: 1}
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.0.0.0/16, Tag: []}
`;
const good = readTemplate('Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n', 'good.yaml');
const faulty = readTemplate(FAULTY, 'my.yaml');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'podlaunch-engines-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A PATH with these programs and no others. */
function pathWith(name: string, programs: Readonly<Record<string, string>>): Record<string, string> {
  const bin = mkdtempSync(join(folder, `${name}-`));
  for (const [program, target] of Object.entries(programs)) symlinkSync(target, join(bin, program));
  return { PATH: bin, HOME: process.env['HOME']! };
}

/** A program of two lines of shell. */
function script(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
  return file;
}

describe.skipIf(!hasPython())('the living cfn-lint', () => {
  let env: Record<string, string>;
  beforeAll(async () => {
    env = pathWith('python', { 'cfn-lint': await pythonTool('cfn-lint', 'cfn-lint') });
  });

  test("its findings carry its ids, places in the user's file, and columns in UTF-16 units", async () => {
    const found = await cfnLint([good, faulty], { env });
    expect(found.map(({ code, severity, span }) => ({ code, severity, span }))).toEqual(
      expect.arrayContaining([
        { code: 'E2001', severity: 'error', span: { file: 'my.yaml', line: 2, column: 37, length: 3 } },
        { code: 'E3002', severity: 'error', span: { file: 'my.yaml', line: 6, column: 42, length: 3 } },
      ]),
    );
    expect(found.every(({ span }) => span?.file === 'my.yaml')).toBe(true);
  });

  test('is found through uvx', async () => {
    const uvx = script('uvx', `test "$1" = --version && exit; shift; exec ${env['PATH']}/cfn-lint "$@"`);
    const found = await cfnLint([faulty], { env: pathWith('uvx', { uvx }), mayFetch: () => true });
    expect(found.map(({ code }) => code)).toContain('E3002');
  });

  test('an answer that is none is said', async () => {
    const broken = script('broken', 'test "$1" = --version && echo cfn-lint 1.999.0 || echo oops >&2');
    const found = await cfnLint([faulty], { env: pathWith('broken', { 'cfn-lint': broken }) });
    expect(found).toMatchObject([{ code: 'PL3041', message: expect.stringContaining('oops') }]);
  });
});

test('nothing at all to run is said', async () => {
  expect(await cfnLint([faulty], { env: pathWith('empty', {}) })).toMatchObject([{ code: 'PL3040' }]);
});

describe("the retired npm package, fed with today's types", () => {
  let env: Record<string, string>;
  beforeAll(() => {
    const where = (program: string) => execFileSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).trim();
    env = pathWith('npm', { npx: where('npx'), node: process.execPath, sh: where('sh'), env: where('env') });
  });

  test('finds nothing in the compiled templates', async () => {
    expect(await npmCfnLint(templates, { env, cwd: folder })).toEqual([]);
  });

  test('finds what is no property, at its place, and is said to be what judged', async () => {
    expect(await cfnLint([faulty], { env, mayFetch: () => true })).toMatchObject([
      { code: 'PL3048', severity: 'info' },
      { code: 'PL3047', severity: 'error', span: { file: 'my.yaml', line: 6 } },
    ]);
  });
});
