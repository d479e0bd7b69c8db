import { type KeyObject, X509Certificate } from 'node:crypto';
import { issueAuthority, issueServer, type Signer, type Validity } from './issue.ts';
import { newKey, privatePem } from './keys.ts';

/** A certificate and its private key, both PEM. */
export interface Identity {
  readonly certificate: string;
  readonly key: string;
}

/** An authority: its certificate in PEM, and what signs with its key. */
export interface Authority {
  readonly certificate: string;
  readonly signer: Signer;
}

/** Whom a certificate is for, and how many days from now on. */
export interface Terms {
  readonly host: string;
  readonly days: number;
  readonly now: Date;
}

/** Clocks of nodes may be behind. */
const CLOCK_SKEW = 60 * 60 * 1000;
const DAY = 24 * 60 * 60 * 1000;

/** Makes the certificate of an authority for one host: nodes trust it, so its leaves can be renewed without touching them. */
export function makeAuthority({ host, days, now }: Terms, signer: Signer): Promise<string> {
  return issueAuthority({ name: `podlaunch CA of ${host}`, permits: host, ...validity(now, days) }, signer);
}

/**
 * Issues the certificate of a TLS server with a new key; it does not outlive the authority.
 * @param like a public key of the kind that the new one is to be: ACM takes no other kind or size when it renews. Default: EC P-256.
 */
export async function issueLeaf(authority: Authority, { host, days, now }: Terms, like?: KeyObject): Promise<Identity> {
  const above = new X509Certificate(authority.certificate);
  const { publicKey, privateKey } = await newKey(like);
  const { notBefore, notAfter } = validity(now, days);
  const end = new Date(Math.min(notAfter.getTime(), Date.parse(above.validTo)));
  const request = { host, publicKey, notBefore, notAfter: end };
  return { certificate: await issueServer(request, above, authority.signer), key: privatePem(privateKey) };
}

function validity(now: Date, days: number): Validity {
  return { notBefore: new Date(now.getTime() - CLOCK_SKEW), notAfter: new Date(now.getTime() + days * DAY) };
}
