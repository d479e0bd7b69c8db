import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { issuer } from '../../src/certificate/authority.ts';
import { readAuthority, writeAll, writeLeaf } from '../../src/certificate/folder.ts';
import { issueLeaf } from '../../src/certificate/x509/identity.ts';
import { oldIdentities } from './peculiar.ts';

const host = `ldaps.${'long'.repeat(15)}.example.com`;
const now = new Date();

// Folders that podlaunch made with @peculiar/x509; ACM takes neither another kind of key when it renews, nor fewer usages of it.
describe.each(['rsa', 'ec'] as const)('a folder of an authority made before (%s)', (kind) => {
  let folder: string;
  let before: X509Certificate;
  let after: X509Certificate;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'podlaunch-old-'));
    const { authority, leaf } = await oldIdentities(host, now, kind);
    before = new X509Certificate(leaf.certificate);
    writeAll(folder, authority, leaf);
    const kept = readAuthority(folder, folder, now);
    const renewed = await issueLeaf(issuer(kept), { host: kept.host, days: 30, now }, kept.leafKey);
    after = new X509Certificate(renewed.certificate);
    writeLeaf(folder, renewed);
  }, 30_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  test('the new certificate is under the same authority, for the same host, with a new key of the same kind', () => {
    expect(readAuthority(folder, folder, now).host).toBe(host);
    expect(after.issuer).toBe(before.issuer);
    expect(after.subject).toBe(before.subject);
    expect(after.publicKey.equals(before.publicKey)).toBe(false);
    expect(after.publicKey.asymmetricKeyDetails).toEqual(before.publicKey.asymmetricKeyDetails);
  });

  test('openssl takes both, strictly, under the authority that nodes know', () => {
    const argv = ['verify', '-x509_strict', '-purpose', 'sslserver', '-verify_hostname', host, '-CAfile', 'ca.pem'];
    expect(execFileSync('openssl', [...argv, 'certificate.pem'], { cwd: folder, encoding: 'utf8' })).toMatch(/OK/);
  });

  test('the key may be used for what it could be used before', () => {
    const usage = (certificate: X509Certificate) =>
      /Key Usage: critical\s+(.*)/.exec(
        execFileSync('openssl', ['x509', '-noout', '-text'], { input: certificate.toString(), encoding: 'utf8' }),
      )?.[1];
    // ACM lets EC certificates lose keyEncipherment, which RFC 5480 does not have.
    expect(usage(after)).toBe(kind === 'rsa' ? usage(before) : 'Digital Signature');
  });
});
