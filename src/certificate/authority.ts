import { createPrivateKey, webcrypto } from 'node:crypto';
import type * as X509 from '@peculiar/x509';

/** A certificate and its private key, both PEM. */
export interface Identity {
  readonly certificate: string;
  readonly key: string;
}

/** A new certificate, and until when it holds. */
export interface Issued extends Identity {
  readonly notAfter: Date;
}

/** RSA, as ACM asks of a chain whose CA is RSA; 2048 bits is what every load balancer takes. */
const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', publicExponent: new Uint8Array([1, 0, 1]) } as const;
const CA_BITS = 3072;
const LEAF_BITS = 2048;

/** Clocks of nodes may be behind. */
const CLOCK_SKEW = 60 * 60 * 1000;
const DAY = 24 * 60 * 60 * 1000;

/** How long a CA holds, in days: longer than anything it issues. */
export const CA_DAYS: number = 20 * 365;

/** Makes a CA for one directory: nodes trust it, so that its leaves can be renewed without touching them. */
export async function makeAuthority(host: string, now: Date): Promise<Issued> {
  const x509 = await load();
  const keys = await generate(CA_BITS);
  const notAfter = new Date(now.getTime() + CA_DAYS * DAY);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: name(x509, `podlaunch CA of ${host}`),
    keys,
    signingAlgorithm: RSA,
    serialNumber: serialNumber(),
    notBefore: new Date(now.getTime() - CLOCK_SKEW),
    notAfter,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: pem(certificate), key: await exportKey(keys.privateKey), notAfter };
}

/** Issues a certificate of a TLS server for one host, under a CA; it does not outlive the CA. */
export async function issueLeaf(authority: Identity, host: string, days: number, now: Date): Promise<Issued> {
  const x509 = await load();
  const ca = new x509.X509Certificate(authority.certificate);
  const keys = await generate(LEAF_BITS);
  const notAfter = new Date(Math.min(now.getTime() + days * DAY, ca.notAfter.getTime()));
  const certificate = await x509.X509CertificateGenerator.create({
    subject: name(x509, host),
    issuer: ca.subjectName,
    publicKey: keys.publicKey,
    signingKey: await importKey(authority.key),
    signingAlgorithm: RSA,
    serialNumber: serialNumber(),
    notBefore: new Date(now.getTime() - CLOCK_SKEW),
    notAfter,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyEncipherment, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: host }]),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(ca.publicKey),
    ],
  });
  return { certificate: pem(certificate), key: await exportKey(keys.privateKey), notAfter };
}

/** The library; its dependency injection wants Reflect's metadata before it is loaded. */
async function load(): Promise<typeof X509> {
  await import('reflect-metadata');
  const x509 = await import('@peculiar/x509');
  x509.cryptoProvider.set(webcrypto);
  return x509;
}

/** A common name has at most 64 characters; TLS looks at the subject alternative name only. */
function name(x509: typeof X509, commonName: string): X509.Name {
  return new x509.Name([{ O: ['podlaunch'] }, { CN: [commonName.slice(0, 64)] }]);
}

/** 16 random bytes in hex, positive and not 0 as RFC 5280 asks. */
function serialNumber(): string {
  const bytes = webcrypto.getRandomValues(Buffer.alloc(16));
  bytes[0] = (bytes[0]! & 0x7f) | 0x40;
  return bytes.toString('hex');
}

async function generate(modulusLength: number): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey({ ...RSA, modulusLength }, true, ['sign', 'verify']);
}

async function exportKey(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key));
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    .export({ format: 'pem', type: 'pkcs8' })
    .toString();
}

async function importKey(text: string): Promise<webcrypto.CryptoKey> {
  const der = createPrivateKey(text).export({ format: 'der', type: 'pkcs8' });
  return webcrypto.subtle.importKey('pkcs8', der, RSA, false, ['sign']);
}

function pem(certificate: X509.X509Certificate): string {
  return `${certificate.toString('pem')}\n`;
}
