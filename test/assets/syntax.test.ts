import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { checkAssets } from '../../src/assets/check-assets.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { assetsOf } from '../support/assets.ts';

afterEach(() => void vi.unstubAllEnvs());

const ENTRY = '#!/usr/bin/env bash\nset -Eeuo pipefail\n';

/** What is found in files beside a good entry point. */
function findings(files: Record<string, string | Uint8Array>): readonly Diagnostic[] {
  return checkAssets(assetsOf({ 'on_init_complete.sh': ENTRY, ...files }), 'scripts');
}

function found(name: string, content: string | Uint8Array): readonly string[] {
  return findings({ [name]: content }).map(({ code, span }) =>
    span ? `${code} ${span.line}:${span.column}+${span.length}` : code,
  );
}

describe('shell', () => {
  test('a script without an ending is read by the shell that its first line names', () => {
    for (const line of [
      '#!/bin/sh',
      '#! /bin/dash',
      '#!/usr/bin/env sh',
      '#!/bin/bash -e',
      '#!/usr/bin/env -S bash -e',
    ])
      expect(found('libexec/tool', `${line}\nif true; then\necho\n)\n`), line).toEqual(['PL2013 4:1+1']);
    for (const line of ['#!/usr/bin/env perl', '#!/usr/bin/shiny', 'sh', ''])
      expect(found('libexec/tool', `${line}\nif true; then\n)\n`), line).toEqual([]);
  });

  test('each by its own: what only bash knows is right in bash', () => {
    expect(found('tool', '#!/bin/bash\nnames=(a b)\n')).toEqual([]);
    expect(found('tool', '#!/bin/sh\nname=a\necho "$name"\n')).toEqual([]);
  });

  test('the shell that found it is named, and its words are without its own place', () => {
    const [{ message, hint }] = findings({ tool: '#!/bin/sh\n)\n' }) as [Diagnostic];
    expect(message).toMatch(new RegExp(`^sh cannot read ${join('scripts', 'tool')}: [Ss]yntax error`));
    expect(hint).toContain('sh -n');
  });
});

describe('Python', () => {
  test('a file that Python cannot read is found, at its line and column', () => {
    expect(found('a.py', 'def f(:\n    pass\n')).toEqual(['PL2015 1:7+1']);
    expect(found('lib/a.py', 'a = 1\nif a:\nb = 2\n')).toEqual(['PL2015 3:1+5']);
    expect(found('tool', '#!/usr/bin/env python3\nx = = 1\n')).toEqual(['PL2015 2:5+3']);
  });

  test('columns are UTF-16 units', () => {
    expect(found('a.py', 'x = "🙂"; y = = 1\n')).toEqual(['PL2015 1:15+3']);
  });

  test('what only the compiler sees is found too', () => {
    expect(found('a.py', 'return 1\n')).toEqual(['PL2015 1:1+8']);
    expect(found('a.py', 'def f():\n    nonlocal x\n')).toEqual(['PL2015 2:5+10']);
  });

  test('nothing of it is run, and the right is not found', () => {
    expect(found('a.py', 'raise SystemExit(3)\n')).toEqual([]);
    expect(found('a.py', 'match 1:\n    case 1:\n        pass\n')).toEqual([]);
    expect(found('a.py', 'x = "\\d"\n')).toEqual([]);
    expect(found('a.py', '')).toEqual([]);
  });

  test('bytes: another encoding is right where the file names it', () => {
    const latin = Buffer.from('x = "\u00e4"\n', 'latin1');
    expect(found('a.py', Buffer.concat([Buffer.from('# -*- coding: latin-1 -*-\n'), latin]))).toEqual([]);
    expect(found('a.py', latin)).toEqual(['PL2015']);
    expect(found('a.py', new Uint8Array([120, 0]))).toEqual(['PL2015']);
  });

  test('all files are asked for at once', () => {
    const files = Object.fromEntries(
      Array.from({ length: 300 }, (_, i) => [`m${i}.py`, i % 100 ? 'x = 1\n' : 'x = =\n']),
    );
    expect(findings(files).map(({ span }) => span?.file)).toEqual(
      ['m0.py', 'm100.py', 'm200.py'].map((name) => join('scripts', name)),
    );
  });
});

describe('JSON', () => {
  test.each([
    ['nothing', '', '1:1+1', 'a value'],
    ['a comma too many', '{\n  "a": 1,\n}\n', '3:1+1', 'a key in double quotes'],
    ['a comma too many in a list', '[1, ]', '1:5+1', 'a value'],
    ['a comma too few', '{"a": 1\n "b": 2}', '2:2+7', 'a comma or }'],
    ['a comment', '[\n  // no\n  1]', '2:3+5', 'a value or ]'],
    ['single quotes', "{'a': 1}", '1:2+7', 'a key in double quotes, or }'],
    ['a key without a value', '{"a"}', '1:5+1', 'a colon'],
    ['the wrong bracket', '{"a": [1}', '1:9+1', 'a comma or ]'],
    ['a word', '{"a": yes}', '1:7+4', 'a value'],
    ['a number that is none', '[01]', '1:2+3', 'a value or ]'],
    ['a string that breaks off', '{"a": "b\n}', '1:7+2', 'a value'],
    ['an escape that is none', '["\\x41"]', '1:2+7', 'a value or ]'],
    ['an end too early', '{"a": [1, 2\n', '2:1+1', 'a comma or ]'],
    ['more than one value', '{}\n{}', '2:1+2', 'the end'],
    ['a byte order mark', '\ufeff{}', '1:1+3', 'a value'],
  ])('%s', (_, text, place, expected) => {
    const found = findings({ 'a.json': text }).map(({ code, message, span }) => [
      ...[code, message.replace(/.*: here should be /, ''), `${span?.line}:${span?.column}+${span?.length}`],
    ]);
    expect(found).toEqual([['PL2016', `${expected}.`, place]]);
  });

  test('no depth is too deep', () => {
    expect(found('a.json', '['.repeat(200_000))).toEqual(['PL2016 1:200001+1']);
  });

  test('JSON is not found, in whatever form', () => {
    for (const text of ['null', ' [1, -2.5e+3, "\\u00e4\\n", {"a": {}, "b": []}]\r\n', '"🙂"'])
      expect(found('a.json', text), text).toEqual([]);
    expect(found('a.jsonc', '// comment')).toEqual([]);
  });

  test('bytes that are not UTF-8', () => {
    expect(found('a.json', new Uint8Array([0x22, 0xff, 0x22]))).toEqual(['PL2016']);
  });

  test('a message contains nothing of the text', () => {
    expect(JSON.stringify(findings({ 'a.json': '{"k": hunter2}' }))).not.toContain('hunter2');
  });
});

describe('where nothing can read a script', () => {
  const files = { 'a.sh': ')\n', tool: '#!/bin/sh\n)\n', 'a.py': '(\n', 'b.py': '(\n' };

  test('one word for each that is missing, and the release goes on', () => {
    vi.stubEnv('PATH', '/nowhere');
    expect(findings(files).map(({ code, severity, message }) => [code, severity, message])).toEqual([
      ['PL2019', 'info', 'The syntax of 2 scripts was not checked: this machine has no bash.'],
      ['PL2019', 'info', 'The syntax of 1 script was not checked: this machine has no sh.'],
      [
        ...['PL2019', 'info'],
        'The syntax of 2 scripts was not checked: this machine has no python3 of version 3.10 or later.',
      ],
    ]);
  });

  test('a python3 that is too old for the scripts is none', () => {
    const folder = mkdtempSync(join(tmpdir(), 'podlaunch-python-'));
    writeFileSync(join(folder, 'python3'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    vi.stubEnv('PATH', `${folder}${delimiter}${process.env['PATH']}`);
    expect(findings({ 'a.py': '(\n' }).map(({ code }) => code)).toEqual(['PL2019']);
    rmSync(folder, { recursive: true });
  });

  test('none for what no script needs', () => {
    vi.stubEnv('PATH', '/nowhere');
    expect(findings({ 'notes.txt': 'text' }).map(({ message }) => message)).toEqual([expect.stringContaining('bash')]);
  });
});
