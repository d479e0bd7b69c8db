import { X509Certificate } from 'node:crypto';
import { ACMClient, GetCertificateCommand } from '@aws-sdk/client-acm';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
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

/** The authority of a certificate: what issued it, else the last of its chain, else the certificate itself. */
export async function authorityOf(CertificateArn: string, stop: AbortSignal): Promise<string> {
  const command = new GetCertificateCommand({ CertificateArn });
  const { Certificate = '', CertificateChain = '' } = await retry(stop, () =>
    new ACMClient({}).send(command, { abortSignal: stop }),
  );
  const chain = CertificateChain.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return chain.find((pem) => isAbove(pem, Certificate)) ?? chain.at(-1) ?? Certificate;
}

function isAbove(pem: string, leaf: string): boolean {
  return new X509Certificate(leaf).checkIssued(new X509Certificate(pem));
}
