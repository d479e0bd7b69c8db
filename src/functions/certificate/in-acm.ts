import { X509Certificate } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  ACMClient,
  DeleteCertificateCommand,
  GetCertificateCommand,
  ImportCertificateCommand,
} from '@aws-sdk/client-acm';
import type { Identity } from '../../certificate/x509/identity.ts';
import { STACK_TAG } from '../lib/declaration.ts';
import { retry } from '../lib/retry.ts';

/** What ACM has under an ARN. */
export interface Kept {
  readonly leaf: X509Certificate;
  readonly authority: X509Certificate;
}

const LONGEST_WAIT = 30_000;

/** Imports a certificate with its authority, over the one with the ARN or as a new one of the stack; gives its ARN. */
export async function importCertificate(
  { certificate, key }: Identity,
  authority: string,
  place: { readonly arn: string } | { readonly stackId: string },
  stop: AbortSignal,
): Promise<string> {
  const tags = (stackId: string) => [
    { Key: 'Name', Value: 'podlaunch LDAPS' },
    { Key: STACK_TAG, Value: stackId },
  ];
  const command = new ImportCertificateCommand({
    Certificate: Buffer.from(certificate),
    PrivateKey: Buffer.from(key),
    CertificateChain: Buffer.from(authority),
    ...('arn' in place ? { CertificateArn: place.arn } : { Tags: tags(place.stackId) }),
  });
  const { CertificateArn } = await retry(stop, () => new ACMClient({}).send(command, { abortSignal: stop }));
  return CertificateArn!;
}

/** The certificate with an ARN, and the first of its chain. */
export async function readCertificate(CertificateArn: string, stop: AbortSignal): Promise<Kept> {
  const command = new GetCertificateCommand({ CertificateArn });
  const { Certificate, CertificateChain } = await retry(stop, () =>
    new ACMClient({}).send(command, { abortSignal: stop }),
  );
  return { leaf: new X509Certificate(Certificate!), authority: new X509Certificate(CertificateChain!) };
}

/** Deletes a certificate once nothing uses it any more; one that is gone is deleted. */
export async function deleteCertificate(CertificateArn: string, stop: AbortSignal): Promise<void> {
  const acm = new ACMClient({});
  for (let wait = 1000; ; wait = Math.min(2 * wait, LONGEST_WAIT)) {
    try {
      await retry(stop, () => acm.send(new DeleteCertificateCommand({ CertificateArn }), { abortSignal: stop }));
      return;
    } catch (thrown) {
      if (isGone(thrown)) return;
      if ((thrown as Error).name !== 'ResourceInUseException') throw thrown;
      console.log('The certificate is still in use');
      await sleep(wait, undefined, { signal: stop });
    }
  }
}

/** What ACM says of a certificate that is not there. */
export const GONE = 'ResourceNotFoundException';

export function isGone(thrown: unknown): boolean {
  return (thrown as Error).name === GONE;
}
