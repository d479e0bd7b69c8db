import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readPublicKey } from '../../src/functions/lib/public-key.ts';

test.each([
  ['ed25519', []],
  ['rsa', ['-b', '3072']],
  ['ecdsa', ['-b', '256']],
  ['ecdsa', ['-b', '384']],
  ['ecdsa', ['-b', '521']],
])('a key of %s %j is read as ssh-keygen reads it', (kind, more) => {
  const folder = mkdtempSync(join(tmpdir(), 'podlaunch-key-'));
  try {
    const file = join(folder, 'key');
    execFileSync('ssh-keygen', ['-q', '-t', kind, ...more, '-N', '', '-f', file]);
    const [, fingerprint] = execFileSync('ssh-keygen', ['-l', '-f', `${file}.pub`])
      .toString()
      .split(' ');
    expect(readPublicKey(readFileSync(`${file}.pub`, 'utf8'))).toMatchObject({ fingerprint });
    expect(readPublicKey(readFileSync(file, 'utf8'))).toEqual({ fault: expect.stringContaining('private key') });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
