import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { type Authority, type Identity, makeAuthority } from './x509/identity.ts';
import { signerOf } from './x509/issue.ts';
import { newKey, privatePem } from './x509/keys.ts';

/** How long a CA is valid, in days: longer than anything it issues. */
export const CA_DAYS: number = 20 * 365;

/** Makes a CA for one host, with a key that is at hand. */
export async function newAuthority(host: string, now: Date): Promise<Identity> {
  const { publicKey, privateKey } = await newKey();
  const certificate = await makeAuthority({ host, days: CA_DAYS, now }, signerOf(publicKey, privateKey));
  return { certificate, key: privatePem(privateKey) };
}

/** The CA as what issues certificates. Throws where its key is none. */
export function issuer({ certificate, key }: Identity): Authority {
  return { certificate, signer: signerOf(createPublicKey(certificate), createPrivateKey(key)) };
}

/** Until when a certificate is valid. */
export function endOf({ certificate }: Identity): Date {
  return new Date(new X509Certificate(certificate).validTo);
}
