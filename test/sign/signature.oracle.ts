import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { preAuthEncoding, sealed } from '../../src/sign/envelope.ts';
import { offlineSigner } from '../../src/sign/signer.ts';
import { releaseStatement } from '../../src/sign/statement.ts';
import { hasPython, pythonTool } from '../support/python-tools.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'podlaunch-signature-'));
});
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string) => join(folder, name);

describe.each([
  ['ed25519', ['-algorithm', 'ed25519']],
  ['p256', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256']],
])('a key that openssl makes, %s', (name, options) => {
  const release = { version: '1.0.0', manifestSha256: 'a'.repeat(64) };
  let envelope: { payload: string; payloadType: string; signatures: { sig: string; keyid: string }[] };
  beforeAll(async () => {
    execFileSync('openssl', ['genpkey', ...options, '-out', file(`${name}.pem`)], { stdio: 'ignore' });
    execFileSync('openssl', ['pkey', '-in', file(`${name}.pem`), '-pubout', '-out', file(`${name}.pub.pem`)]);
    const signer = await offlineSigner(readFileSync(file(`${name}.pem`), 'utf8'), 'key');
    const text = await sealed(releaseStatement(release), signer);
    writeFileSync(file(`${name}.json`), text);
    envelope = JSON.parse(text);
  });

  /** Whether openssl takes the signature for one over the bytes. */
  function opensslAgrees(bytes: Uint8Array): boolean {
    writeFileSync(file('message'), bytes);
    writeFileSync(file('signature'), Buffer.from(envelope.signatures[0]!.sig, 'base64'));
    const digest = name === 'p256' ? ['-digest', 'sha256'] : [];
    const key = ['-verify', '-pubin', '-inkey', file(`${name}.pub.pem`), '-rawin', ...digest];
    return (
      spawnSync('openssl', ['pkeyutl', ...key, '-in', file('message'), '-sigfile', file('signature')]).status === 0
    );
  }

  test('openssl agrees about the signature', () => {
    const payload = Buffer.from(envelope.payload, 'base64');
    expect(opensslAgrees(preAuthEncoding(envelope.payloadType, payload))).toBe(true);
    expect(opensslAgrees(preAuthEncoding('text/plain', payload))).toBe(false);
    expect(opensslAgrees(payload)).toBe(false);
  });

  test('openssl names the key as podlaunch does', () => {
    const der = execFileSync('openssl', ['pkey', '-in', file(`${name}.pem`), '-pubout', '-outform', 'DER']);
    const sum = execFileSync('openssl', ['dgst', '-sha256', '-r'], { input: der }).toString();
    expect(sum.slice(0, 64)).toBe(envelope.signatures[0]!.keyid);
  });

  test.skipIf(!hasPython())('securesystemslib opens it, and in-toto reads the statement', async () => {
    const python = await pythonTool('signatures', 'python');
    const read = (signature: string) =>
      spawnSync(python, [join(import.meta.dirname, 'readers.py'), file(`${name}.pub.pem`), signature], {
        encoding: 'utf8',
      });
    const { stdout, stderr, status } = read(file(`${name}.json`));
    expect(status, stderr).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      keyid: envelope.signatures[0]!.keyid,
      subject: release.manifestSha256,
      type: 'https://in-toto.io/attestation/release/v0.1',
    });
    const evil = {
      ...envelope,
      payload: Buffer.from(releaseStatement({ ...release, version: '2' })).toString('base64'),
    };
    writeFileSync(file('evil.json'), JSON.stringify(evil));
    expect(read(file('evil.json'))).toMatchObject({ status: 1, stderr: expect.stringContaining('VerificationError') });
  });
});
