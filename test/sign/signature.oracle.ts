import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROVENANCE } from '../../src/release/layout.ts';
import { preAuthEncoding, sealed } from '../../src/sign/envelope.ts';
import { offlineSigner } from '../../src/sign/signer.ts';
import { releaseStatement } from '../../src/sign/statement.ts';
import { smallRelease } from '../publish/small-release.ts';
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

  describe.skipIf(!hasPython())('securesystemslib opens, and in-toto reads,', () => {
    const read = async (sealedText: string) => {
      writeFileSync(file('read.json'), sealedText);
      const argv = [join(import.meta.dirname, 'readers.py'), file(`${name}.pub.pem`), file('read.json')];
      return spawnSync(await pythonTool('signatures', 'python'), argv, { encoding: 'utf8' });
    };
    const found = async (sealedText: string) => {
      const { stdout, stderr, status } = await read(sealedText);
      expect(status, stderr).toBe(0);
      return JSON.parse(stdout);
    };
    const refused = { status: 1, stderr: expect.stringContaining('VerificationError') };

    test('the signature of a release', async () => {
      expect(await found(JSON.stringify(envelope))).toEqual({
        keyid: envelope.signatures[0]!.keyid,
        subjects: { 'manifest.json': release.manifestSha256 },
        type: 'https://in-toto.io/attestation/release/v0.1',
      });
      const payload = Buffer.from(releaseStatement({ ...release, version: '2' })).toString('base64');
      expect(await read(JSON.stringify({ ...envelope, payload }))).toMatchObject(refused);
    });

    test('the sealed provenance of a release', async () => {
      const { files } = smallRelease('1.0.0');
      const provenance = files.find(({ path }) => path === PROVENANCE)!.bytes;
      const text = await sealed(provenance, await offlineSigner(readFileSync(file(`${name}.pem`), 'utf8'), 'key'));
      const others = files.filter(({ path }) => path !== PROVENANCE);
      expect(await found(text)).toEqual({
        keyid: envelope.signatures[0]!.keyid,
        subjects: Object.fromEntries(others.map(({ path, sha256 }) => [path, sha256])),
        type: 'https://slsa.dev/provenance/v1',
      });
      const payload = Buffer.from(Buffer.from(provenance).toString().replace('small', 'smell')).toString('base64');
      expect(await read(JSON.stringify({ ...JSON.parse(text), payload }))).toMatchObject(refused);
    });
  });
});
