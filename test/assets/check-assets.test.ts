import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Assets } from '../../src/assets/assets.ts';
import { checkAssets } from '../../src/assets/check-assets.ts';
import { readAssets } from '../../src/assets/read-assets.ts';
import { compile } from '../../src/compile/compile.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';

const ENTRY_POINTS = ['on_init_complete.sh', 'on_create.sh'];
const ENTRY = '#!/usr/bin/env bash\nset -Eeuo pipefail\n';

function assetsOf(contents: Record<string, string | Uint8Array>): Assets {
  const files = Object.entries(contents).map(([name, content]) => {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    return { path: `lifecycle-scripts/${name}`, bytes, sha256: '' };
  });
  return { files, json: '', sha256: '' };
}

/** What is found in one file beside a good entry point. */
function found(name: string, content: string | Uint8Array): readonly string[] {
  const findings = checkAssets(assetsOf({ 'on_init_complete.sh': ENTRY, [name]: content }), 'scripts');
  return findings.map(({ code, span }) =>
    `${code} ${span ? `${span.file}:${span.line}:${span.column}+${span.length}` : ''}`.trim(),
  );
}

test('a good folder has no findings, and neither have the scripts that come with podlaunch', () => {
  expect(found('lib.py', 'print("hello")\n')).toEqual([]);
  expect(checkAssets(readAssets())).toEqual([]);
});

test('a folder without an entry point is found; the other one is for clusters that are made elsewhere', () => {
  const codes = (...names: string[]) =>
    checkAssets(assetsOf(Object.fromEntries(names.map((name) => [name, ENTRY]))), 'scripts').map(({ code }) => code);
  expect(codes('on_create.sh')).toEqual(['PL2010']);
  expect(codes('lib/on_init_complete.sh')).toEqual(['PL2010']);
  expect(codes('on_init_complete.sh')).toEqual([]);
  const own = readAssets().files.map(({ path }) => path);
  expect(own).toEqual(expect.arrayContaining(ENTRY_POINTS.map((name) => `lifecycle-scripts/${name}`)));
});

test('every instance group of the cluster stack names the entry point that must be there', () => {
  const { Resources } = compile(DEFAULTS, readAssets())[2]!.value as any;
  for (const { LifeCycleConfig } of Resources.Cluster.Properties.InstanceGroups) {
    expect(Object.keys(LifeCycleConfig)).toEqual(['SourceS3Uri', 'OnInitComplete']);
    // By a copy whose name contains the hash of the list of files.
    expect(LifeCycleConfig.OnInitComplete.replace(/-[0-9a-f]{64}\.sh$/, '.sh')).toBe(ENTRY_POINTS[0]);
    expect(LifeCycleConfig.OnInitComplete).not.toBe(ENTRY_POINTS[0]);
  }
});

test('each entry point that is there must start with bash and have LF', () => {
  for (const name of ENTRY_POINTS) {
    expect(found(name, '#!/bin/sh\n'), name).toEqual([`PL2011 ${join('scripts', name)}:1:1+9`]);
    expect(found(name, '#!/bin/bash\necho\r\n'), name).toEqual([`PL2012 ${join('scripts', name)}:2:1+4`]);
  }
});

test('an entry point must start with bash', () => {
  const codes = (text: string | Uint8Array) =>
    checkAssets(assetsOf({ 'on_init_complete.sh': text }), 'scripts').map(({ code }) => code);
  for (const line of ['#!/bin/bash', '#!/usr/bin/bash -e', '#!/usr/bin/env bash'])
    expect(codes(`${line}\n`)).toEqual([]);
  for (const line of ['', 'echo', ' #!/bin/bash', '#!/bin/sh', '#!/usr/bin/env python3', '\ufeff#!/bin/bash']) {
    expect(codes(`${line}\n`), line).toContain('PL2011');
  }
  expect(codes(new Uint8Array([0]))).toEqual(['PL2011']);
  expect(codes('')).toEqual(['PL2011']);
});

test('Windows line ends are found in scripts only', () => {
  const place = join('scripts', 'a.py');
  expect(found('a.py', 'a = 1\nb = 2\r\n')).toEqual([`PL2012 ${place}:2:1+5`]);
  expect(found('tool', '#!/bin/sh\r\n')).toEqual([`PL2012 ${join('scripts', 'tool')}:1:1+9`]);
  expect(found('notes.txt', 'a\r\n')).toEqual([]);
});

test('a shell script that bash cannot read is found, at its line', () => {
  expect(found('a.sh', '#!/bin/bash\necho $(date\necho )\n')).toEqual([]);
  expect(found('a.sh', '#!/bin/bash\nif true; then\necho\n)\n')).toEqual([`PL2013 ${join('scripts', 'a.sh')}:4:1+1`]);
});

test('limits of size, number and path', () => {
  expect(found('a'.repeat(494), '')).toEqual([]);
  expect(found('a'.repeat(495), '')).toEqual(['PL2005']);
  expect(found('big', new Uint8Array(20 * 1024 * 1024))).toEqual([]);
  expect(found('big', new Uint8Array(20 * 1024 * 1024 + 1))).toEqual(['PL2005']);
  const part = new Uint8Array(19 * 1024 * 1024);
  const many = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [name, part]));
  expect(checkAssets(assetsOf({ 'on_init_complete.sh': ENTRY, ...many })).map(({ code }) => code)).toEqual(['PL2005']);
  const files = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`f${i}`, '']));
  expect(checkAssets(assetsOf({ 'on_init_complete.sh': ENTRY, ...files })).map(({ code }) => code)).toEqual(['PL2005']);
});

// Put together here, so that no scanner of this repository takes them for real ones.
const KEY_ID = `AKIA${'IOSFODNN7EXAMPLE'}`;
const SECRET_KEY = `${'wJalrXUtnFEMI'}/K7MDENG/bPxRfiCYEXAMPLEKEY`;

describe('secrets', () => {
  test.each([
    ['an access key id', `key = ${KEY_ID}`],
    ['a secret access key', `aws_secret_access_key = ${SECRET_KEY}`],
    ['a secret access key in the environment', `export AWS_SECRET_ACCESS_KEY="${SECRET_KEY}"`],
    ['a private key', `-----BEGIN ${'RSA PRIVATE KEY'}-----`],
    ['a private key of PKCS#8', `-----BEGIN ${'PRIVATE KEY'}-----`],
    ['a password in Python', "password = 'Sup3rSecret'"],
    ['a password in shell', 'BIND_PASSWORD="hunter2!"'],
    ['a password in JSON', '{"bindPassword": "P@ssw0rd"}'],
    ['a token in a dict', "{'token': 'abc123def'}"],
    ["SSSD's bind password", 'ldap_default_authtok = hunter2'],
    ['a password without quotes', 'export BIND_PASSWORD=Passw0rd123'],
    ['a password in YAML', 'password: S3cret99x'],
    ['a password of letters', 'PASSWORD="hunterhunter"'],
    ['a password with a dollar', 'password="Pa$$w0rd!9"'],
    ['a password with spaces', 'password = "my pass w0rd"'],
    ['a password behind a reference', 'password="$OLD" new_password="Sup3rSecret"'],
    ['an option of ldapsearch', "ldapsearch -x -w 'Passw0rd1!' -b dc=corp"],
    ['an option of ldapsearch alone', 'ldapsearch -w hunter'],
    ['a token of GitHub', `GH=ghp_${'x1Y2'.repeat(9)}`],
    ['a fine-grained token of GitHub', `run github_pat_${'x1Y2'.repeat(9)}`],
    ['a token of Slack', `curl -H xoxb-${'123456789012-abc'}`],
    ['a session token', `aws_session_token = ${'IQoJb3Jp'.repeat(6)}`],
  ])('%s', (_, line) => {
    expect(found('a.conf', `first\n${line}\n`)[0]).toMatch(/^PL2014 .*:2:\d+\+\d+$/);
  });

  test.each([
    ['a name of a key', 'password = "bind-password"'],
    ['a variable', 'password="$BIND_PASSWORD1"'],
    ['a placeholder', 'password = "<your-passw0rd>"'],
    ['a template', 'ldap_default_authtok = {obfuscated}'],
    ['an ARN', 'secret = "arn:aws:secretsmanager:us-west-2:111122223333:secret:x1"'],
    ['a call', 'password = read_secret("bind-1")'],
    ['nothing yet', 'password=None'],
    ['a type', 'def bind(password: str, token: str | None) -> None:'],
    ['a setting', 'passwordLogin: true'],
    ['an option', 'docker login --password-stdin'],
    ['a call without arguments', 'password = read_password1()'],
    ['an attribute', 'password = settings.bind.value1'],
    ['an index', 'token = fields[12345678]'],
    ['a variable in braces', 'PASSWORD="${BIND_PASSWORD1:-}"'],
    ['a command', 'PASSWORD="$(read_secret "bind-1")"'],
    ['a format', 'password = "%(bind_password1)s"'],
    ['a text', 'help = {"password": "what the user types!"}'],
    ['a comparison', 'if password == "Sup3rSecret":'],
    ['a path', 'SECRET=/run/secrets/bind-1'],
    ['a variable for ldapsearch', 'ldapsearch -x -w "$PASSWORD" -b dc=corp'],
    ['a prompt of ldapsearch', 'ldapsearch -x -W -b dc=corp'],
    ['a public certificate', '-----BEGIN CERTIFICATE-----'],
    ['one that is excused', "password = 'Sup3rSecret'  # not-a-secret: the example of the manual"],
  ])('not %s', (_, line) => {
    expect(found('a.conf', `${line}\n`)).toEqual([]);
  });

  test.each(['p12', 'pfx', 'key', 'jks', 'KDBX'])('a file that ends with .%s', (ending) => {
    expect(found(`store.${ending}`, 'text')).toEqual(['PL2014']);
    expect(found(`store.${ending}`, new Uint8Array([0]))).toEqual(['PL2014']);
    expect(found(`${ending}.md`, 'text')).toEqual([]);
  });

  test('bytes that are not text are not read as such', () => {
    expect(found('a.bin', new TextEncoder().encode(`\0${KEY_ID}`))).toEqual([]);
  });
});
