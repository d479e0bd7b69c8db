import { openClient } from '../cloud/client.ts';
import { awsWords } from '../cloud/error-words.ts';
import { awsFailure } from '../cloud/errors.ts';
import { type Refusal, refuse } from '../diagnostics/refusal.ts';
import type { Identity } from './x509/identity.ts';

/** Certificates in one region of AWS Certificate Manager. */
export interface Acm {
  /** Imports a certificate with its chain, as a new one or over the one with the ARN; gives its ARN. */
  import(leaf: Identity, chain: string, arn?: string): Promise<string>;
  /** The chain of a certificate. */
  chainOf(arn: string): Promise<string>;
  close(): void;
}

/**
 * Opens ACM with the credentials that the AWS SDK finds. Loads the SDK; asks nothing yet.
 * Everything it does throws a Refusal (PL6018) when AWS refuses.
 */
export async function openAcm(region: string): Promise<Acm> {
  const { sdk, client } = await openClient(
    { service: 'ACM', region },
    () => import('@aws-sdk/client-acm'),
    ({ ACMClient }, settings) => new ACMClient(settings),
  );
  const ask = <T>(doing: string, request: Promise<T>): Promise<T> =>
    request.catch((thrown: unknown) => {
      throw acmRefusal(thrown, region, doing);
    });
  return {
    async import(leaf, chain, arn) {
      const command = new sdk.ImportCertificateCommand({
        Certificate: Buffer.from(leaf.certificate),
        PrivateKey: Buffer.from(leaf.key),
        CertificateChain: Buffer.from(chain),
        ...(arn === undefined ? { Tags: [{ Key: 'Name', Value: 'podlaunch LDAPS' }] } : { CertificateArn: arn }),
      });
      return (await ask('import the certificate', client.send(command))).CertificateArn!;
    },
    async chainOf(arn) {
      const command = new sdk.GetCertificateCommand({ CertificateArn: arn });
      return (await ask(`read ${arn}`, client.send(command))).CertificateChain ?? '';
    },
    close: () => client.destroy(),
  };
}

/** Hints for what only ACM answers. */
const HINTS: Readonly<Record<string, string>> = {
  ResourceNotFoundException: 'Check the ARN: aws acm list-certificates shows those of the region.',
  LimitExceededException: 'Delete certificates that are not used, or ask for a higher quota of imported certificates.',
};

/**
 * Turns what the AWS SDK threw into a Refusal (PL6018).
 * @param doing as in "Could not …"
 */
export function acmRefusal(thrown: unknown, region: string, doing: string): Refusal {
  const failure = awsFailure(thrown);
  const needs = 'acm:ImportCertificate, acm:GetCertificate and acm:AddTagsToCertificate';
  const words = awsWords(failure, { service: 'ACM', at: region, subject: `ACM in ${region}`, needs });
  return refuse({
    code: 'PL6018',
    message: `Could not ${doing}: ${HINTS[failure.name] ? failure.message : words.message}`,
    hint: HINTS[failure.name] ?? words.hint,
  });
}
