import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, KeyObject, webcrypto, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { issueAuthority, issueServer, type Signer, signerOf } from '../../../src/certificate/x509/issue.ts';

x509.cryptoProvider.set(webcrypto);

const DAY = 24 * 60 * 60 * 1000;
const now = new Date(Math.floor(Date.now() / 1000) * 1000);
const validity = { notBefore: new Date(now.getTime() - DAY), notAfter: new Date(now.getTime() + 30 * DAY) };
const host = 'ldaps.hyperpod.abc123.com';

const keys = {
  ec: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  rsa: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
};
type Kind = keyof typeof keys;

function signer(kind: Kind): Signer {
  const { publicKey, privateKey } = keys[kind]();
  return signerOf(publicKey, privateKey);
}

async function chain(kind: Kind, name: string, permits?: string, key: KeyObject = keys[kind]().publicKey) {
  const ca = signer(kind);
  const authority = await issueAuthority({ ...validity, name: 'CA', ...(permits && { permits }) }, ca);
  return {
    authority,
    leaf: await issueServer({ ...validity, host: name, publicKey: key }, new X509Certificate(authority), ca),
  };
}

/** What openssl says of a leaf under a CA, as strictly as it can be asked. */
function opensslSays(authority: string, leaf: string, name: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'podlaunch-x509-'));
  writeFileSync(join(folder, 'ca.pem'), authority);
  writeFileSync(join(folder, 'leaf.pem'), leaf);
  const strict = ['verify', '-x509_strict', '-purpose', 'sslserver', '-verify_hostname', name];
  try {
    const options = { cwd: folder, encoding: 'utf8', stdio: 'pipe' } as const;
    return execFileSync('openssl', [...strict, '-CAfile', 'ca.pem', 'leaf.pem'], options).trim();
  } catch (thrown) {
    return (thrown as { stderr: string }).stderr;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe.each(['ec', 'rsa'] as const)('%s', (kind) => {
  test('openssl accepts the leaf, with and without a constraint on the name', async () => {
    for (const permits of [undefined, host]) {
      const { authority, leaf } = await chain(kind, host, permits);
      expect(opensslSays(authority, leaf, host)).toBe('leaf.pem: OK');
      expect(opensslSays(authority, leaf, 'ldaps.example.com')).toMatch(/hostname mismatch/i);
    }
  });

  test('a CA of one host is trusted for no other', async () => {
    const { authority, leaf } = await chain(kind, 'ldaps.example.com', host);
    expect(opensslSays(authority, leaf, 'ldaps.example.com')).toMatch(/permitted subtree violation/);
    const text = execFileSync('openssl', ['x509', '-noout', '-text'], { input: authority, encoding: 'utf8' });
    expect(text).toMatch(new RegExp(`Name Constraints: critical\\s+Permitted:\\s+DNS:${host}`));
  });

  test('the extensions are those that another library writes', async () => {
    const key = keys[kind]().publicKey;
    const { authority, leaf } = await chain(kind, host, undefined, key);
    const usage = x509.KeyUsageFlags;
    const spki = (of: KeyObject) => new x509.PublicKey(of.export({ type: 'spki', format: 'der' }));
    const ca = new X509Certificate(authority).publicKey;
    const written = (pem: string) => {
      return new x509.X509Certificate(pem).extensions.map(({ rawData }) => Buffer.from(rawData).toString('hex'));
    };
    const hex = (extensions: readonly x509.Extension[]) => {
      return extensions.map(({ rawData }) => Buffer.from(rawData).toString('hex'));
    };
    expect(written(authority)).toEqual(
      hex([
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(usage.keyCertSign | usage.cRLSign, true),
        await x509.SubjectKeyIdentifierExtension.create(spki(ca)),
      ]),
    );
    const encipherment = kind === 'rsa' ? usage.keyEncipherment : 0;
    expect(written(leaf)).toEqual(
      hex([
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(usage.digitalSignature | encipherment, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: host }]),
        await x509.SubjectKeyIdentifierExtension.create(spki(key)),
        await x509.AuthorityKeyIdentifierExtension.create(spki(ca)),
      ]),
    );
  });
});

test('a leaf under a CA that another library made', async () => {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const size = { modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) };
  const pair = await webcrypto.subtle.generateKey({ ...algorithm, ...size }, true, ['sign', 'verify']);
  const made = await x509.X509CertificateGenerator.createSelfSigned({
    // Two forms of text: the leaf must name its issuer in the same ones.
    name: new x509.Name([
      { O: [{ printableString: 'podlaunch' }] },
      { CN: [{ utf8String: `podlaunch CA of ${host}` }] },
    ]),
    keys: pair,
    signingAlgorithm: algorithm,
    ...validity,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(pair.publicKey),
    ],
  });
  const authority = made.toString('pem');
  const ca = signerOf(KeyObject.from(pair.publicKey), KeyObject.from(pair.privateKey));
  const request = { ...validity, host, publicKey: keys.rsa().publicKey };
  const leaf = await issueServer(request, new X509Certificate(authority), ca);
  expect(opensslSays(authority, leaf, host)).toBe('leaf.pem: OK');
});

test('500 random ones: Node.js and another library read what was asked for', async () => {
  const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?$/);
  const names = fc.array(label, { minLength: 2, maxLength: 8 }).map((labels) => labels.join('.'));
  const seconds = fc.integer({ min: Date.UTC(2020, 0) / 1000, max: Date.UTC(2090, 0) / 1000 });
  await fc.assert(
    fc.asyncProperty(names, seconds, fc.integer({ min: 1, max: 1e9 }), async (name, from, long) => {
      const ca = signer('ec');
      const { publicKey } = keys.ec();
      const dates = { notBefore: new Date(from * 1000), notAfter: new Date((from + long) * 1000) };
      const authority = new X509Certificate(await issueAuthority({ ...dates, name, permits: name }, ca));
      const leaf = new X509Certificate(await issueServer({ ...dates, host: name, publicKey }, authority, ca));
      expect(authority.verify(ca.publicKey) && leaf.verify(ca.publicKey)).toBe(true);
      expect(leaf.checkIssued(authority)).toBe(true);
      expect([authority.ca, leaf.ca]).toEqual([true, false]);
      expect(leaf.checkHost(name)).toBe(name);
      expect(leaf.serialNumber).toMatch(/^[4-7][0-9A-F]{31}$/);
      const read = new x509.X509Certificate(leaf.raw);
      expect([read.notBefore, read.notAfter]).toEqual([dates.notBefore, dates.notAfter]);
      expect(read.subjectName.getField('CN')).toEqual([name.slice(0, 64)]);
      expect(Buffer.from(read.publicKey.rawData)).toEqual(publicKey.export({ type: 'spki', format: 'der' }));
    }),
    { numRuns: 500 },
  );
});
