import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject, X509Certificate } from 'node:crypto';
import { promisify } from 'node:util';
import { issueAuthority, issueServer, signerOf } from './x509/issue.ts';

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
const CA_BITS = 3072;
const LEAF_BITS = 2048;

/** Clocks of nodes may be behind. */
const CLOCK_SKEW = 60 * 60 * 1000;
const DAY = 24 * 60 * 60 * 1000;

/** How long a CA holds, in days: longer than anything it issues. */
export const CA_DAYS: number = 20 * 365;

/** Makes a CA for one directory: nodes trust it, so that its leaves can be renewed without touching them. */
export async function makeAuthority(host: string, now: Date): Promise<Issued> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: CA_BITS });
  const notAfter = new Date(now.getTime() + CA_DAYS * DAY);
  const request = { name: `podlaunch CA of ${host}`, notBefore: begin(now), notAfter };
  const certificate = await issueAuthority(request, signerOf(publicKey, privateKey));
  return { certificate, key: pem(privateKey), notAfter };
}

/** Issues a certificate of a TLS server for one host, under a CA; it does not outlive the CA. */
export async function issueLeaf(authority: Identity, host: string, days: number, now: Date): Promise<Issued> {
  const ca = new X509Certificate(authority.certificate);
  const signer = signerOf(createPublicKey(authority.certificate), createPrivateKey(authority.key));
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: LEAF_BITS });
  const notAfter = new Date(Math.min(now.getTime() + days * DAY, Date.parse(ca.validTo)));
  const certificate = await issueServer({ host, publicKey, notBefore: begin(now), notAfter }, ca, signer);
  return { certificate, key: pem(privateKey), notAfter };
}

function begin(now: Date): Date {
  return new Date(now.getTime() - CLOCK_SKEW);
}

function pem(key: KeyObject): string {
  return key.export({ format: 'pem', type: 'pkcs8' }).toString();
}
