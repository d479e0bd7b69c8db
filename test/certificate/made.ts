import { X509Certificate } from 'node:crypto';
import { type Identity, issueLeaf, makeAuthority } from '../../src/certificate/x509/identity.ts';
import { signerOf } from '../../src/certificate/x509/issue.ts';
import { newKey } from '../../src/certificate/x509/keys.ts';

/** A certificate and the authority that issued it. */
export interface Made {
  readonly host: string;
  /** PEM. */
  readonly authority: string;
  readonly leaf: Identity;
}

/** Makes an authority and a leaf under it; keys are EC P-256, or of the kind of another one. */
export async function make({ host, now, days, like }: MakeOptions): Promise<Made> {
  const { publicKey, privateKey } = await newKey(like);
  const signer = signerOf(publicKey, privateKey);
  const authority = await makeAuthority({ host, now, days: 3650 }, signer);
  return { host, authority, leaf: await issueLeaf({ certificate: authority, signer }, { host, now, days }, like) };
}

export interface MakeOptions {
  readonly host: string;
  readonly now: Date;
  readonly days: number;
  readonly like?: Parameters<typeof newKey>[0];
}

export function certificatesOf({ authority, leaf }: Omit<Made, 'host'>): [X509Certificate, X509Certificate] {
  return [new X509Certificate(authority), new X509Certificate(leaf.certificate)];
}
