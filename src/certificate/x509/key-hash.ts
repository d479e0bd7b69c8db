import { createHash, X509Certificate } from 'node:crypto';

/**
 * SHA-256 of a certificate's public key (its SubjectPublicKeyInfo, in DER) in hex. A certificate that is renewed has the
 * same one.
 * @param certificate PEM
 */
export function publicKeyHash(certificate: string): string {
  const key = new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(key).digest('hex');
}
