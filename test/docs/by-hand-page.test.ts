import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bashArguments } from '../support/bash.ts';
import { hasPython } from '../support/python-tools.ts';
import { codeBlocks } from './code-blocks.ts';

const PASSWORD = 'C4nary-Passw0rd';

/** Plays the AWS CLI, which no emulator of ours has `ds` for: notes its arguments, and what it is given to read. */
const AWS = `#!/bin/bash
printf '%s\\n' "$*" >> "$NOTES/arguments"
case "$*" in
  *get-secret-value*) echo '{"bindDn": "CN=ReadOnly", "password": "${PASSWORD}"}' ;;
  *get-random-password*) echo '${PASSWORD}' ;;
  *file:///dev/stdin*) cat > "$NOTES/stdin" ;;
  *file://secret*) cp secret "$NOTES/secret"; stat -c %a secret > "$NOTES/mode" ;;
esac
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podlaunch-by-hand-'));
  mkdirSync(join(folder, 'notes'));
  writeFileSync(join(folder, 'aws'), AWS);
  chmodSync(join(folder, 'aws'), 0o755);
  writeFileSync(join(folder, 'sleep'), '#!/bin/sh\n');
  chmodSync(join(folder, 'sleep'), 0o755);
});
afterEach(() => rmSync(folder, { recursive: true }));

const read = (name: string) => readFileSync(join(folder, 'notes', name), 'utf8');

/** Runs the block of docs/by-hand.md that has these words. */
function runBlock(words: string, input = ''): void {
  const block = codeBlocks('docs/by-hand.md', 'bash').find((text) => text.includes(words))!;
  const env = { ...process.env, PATH: `${folder}${delimiter}${process.env['PATH']}`, NOTES: join(folder, 'notes') };
  const script = `set -euo pipefail\nDIRECTORY=d-1234567890\nSECRET=arn:secret\n${block}`;
  const { status, stdout, stderr } = spawnSync('bash', bashArguments(script), {
    cwd: folder,
    env,
    input,
    encoding: 'utf8',
  });
  expect(stdout + stderr).not.toContain(PASSWORD);
  expect(status, stderr).toBe(0);
  expect(read('arguments')).not.toContain(PASSWORD);
}

describe.skipIf(!hasPython())('the commands of docs/by-hand.md that handle a password', () => {
  test("ReadOnly gets the secret's password", () => {
    runBlock('$DIRECTORY ReadOnly |');
    expect(JSON.parse(read('stdin'))).toEqual({
      DirectoryId: 'd-1234567890',
      UserName: 'ReadOnly',
      NewPassword: PASSWORD,
    });
  });

  test('a rotation gives the idle account a password, then the secret, and leaves no file', () => {
    runBlock('get-random-password');
    expect(JSON.parse(read('stdin'))).toMatchObject({ UserName: 'ReadOnly2', NewPassword: PASSWORD });
    expect(JSON.parse(read('secret'))).toEqual({
      bindDn: 'CN=ReadOnly2,OU=Users,OU=hyperpod,DC=hyperpod,DC=internal',
      password: PASSWORD,
    });
    expect(read('mode').trim()).toBe('600');
    const order = read('arguments')
      .split('\n')
      .map((line) => line.split(' ')[1]);
    expect(order).toEqual(['get-random-password', 'reset-user-password', 'put-secret-value', undefined]);
    expect(existsSync(join(folder, 'new'))).toBe(false);
  });
});
