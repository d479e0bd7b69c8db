import { X509Certificate } from 'node:crypto';
import { ACMClient, GetCertificateCommand } from '@aws-sdk/client-acm';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { publicKeyHash } from '../../certificate/x509/key-hash.ts';
import { Fault } from '../lib/fault.ts';
import { retry } from '../lib/retry.ts';

/** The values of a secret that is a JSON object of texts. Throws a Fault that never shows one. */
export async function textsOfSecret<K extends string>(
  SecretId: string,
  names: readonly K[],
  stop: AbortSignal,
  version: { readonly VersionId: string } | { readonly VersionStage: string } = { VersionStage: 'AWSCURRENT' },
): Promise<Readonly<Record<K, string>>> {
  const command = new GetSecretValueCommand({ SecretId, ...version });
  const { SecretString = '' } = await retry(stop, () =>
    new SecretsManagerClient({}).send(command, { abortSignal: stop }),
  );
  const value = parsed(SecretString);
  const missing = names.filter((name) => typeof value[name] !== 'string' || value[name] === '');
  if (missing.length > 0) throw new Fault(`The secret ${SecretId} has no ${missing.join(' and no ')}.`);
  return value as Readonly<Record<K, string>>;
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

/** A certificate in ACM, and the hash of its authority's key as the stack made it. */
export interface CertificateTold {
  readonly CertificateArn: string;
  readonly AuthorityKeySha256: string;
}

/**
 * The authority of a certificate: what issued it, else the last of its chain. Its key must be that of the authority which
 * the stack made: who may import a certificate into ACM could otherwise have Admin's password sent to a host of theirs. The
 * authority itself is ACM's, because it is renewed there. Throws a Fault.
 */
export async function authorityOf(told: CertificateTold, stop: AbortSignal): Promise<string> {
  const command = new GetCertificateCommand({ CertificateArn: told.CertificateArn });
  const { Certificate = '', CertificateChain = '' } = await retry(stop, () =>
    new ACMClient({}).send(command, { abortSignal: stop }),
  );
  const chain = CertificateChain.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  const authority = chain.find((pem) => isAbove(pem, Certificate)) ?? chain.at(-1) ?? Certificate;
  if (publicKeyHash(authority) === told.AuthorityKeySha256) return authority;
  throw new Fault(
    `The certificate in ACM (${told.CertificateArn}) is of another authority than the stack's: somebody imported another one. Find out who did it. No password was sent.`,
  );
}

function isAbove(pem: string, leaf: string): boolean {
  return new X509Certificate(leaf).checkIssued(new X509Certificate(pem));
}
