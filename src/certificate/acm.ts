import type { ACMClient } from '@aws-sdk/client-acm';
import { partitionOf } from '../aws/partition.ts';
import { refuse } from '../diagnostics/refusal.ts';
import { handlerSettings } from '../http/client-handler.ts';
import type { Identity } from './authority.ts';

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
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const sdk = await import('@aws-sdk/client-acm');
  const { urlSuffix } = partitionOf(region);
  const requestHandler = await handlerSettings(`https://acm.${region}.${urlSuffix}`);
  const client: ACMClient = new sdk.ACMClient({ region, requestHandler });
  return {
    async import(leaf, chain, arn) {
      const command = new sdk.ImportCertificateCommand({
        Certificate: Buffer.from(leaf.certificate),
        PrivateKey: Buffer.from(leaf.key),
        CertificateChain: Buffer.from(chain),
        ...(arn === undefined ? { Tags: [{ Key: 'Name', Value: 'podlaunch LDAPS' }] } : { CertificateArn: arn }),
      });
      return (await client.send(command).catch(acmRefusal(region))).CertificateArn!;
    },
    async chainOf(arn) {
      const command = new sdk.GetCertificateCommand({ CertificateArn: arn });
      return (await client.send(command).catch(acmRefusal(region))).CertificateChain ?? '';
    },
    close: () => client.destroy(),
  };
}

/** What to do about the answers that a user can do something about. */
const HINTS: readonly (readonly [RegExp, string])[] = [
  [
    /CredentialsProvider|Token.*Expired|ExpiredToken|UnrecognizedClient|InvalidClientTokenId|SignatureDoesNotMatch/,
    'Log in to AWS again (aws sso login), or set AWS_PROFILE.',
  ],
  [/AccessDenied/, 'The caller needs acm:ImportCertificate, acm:GetCertificate and acm:AddTagsToCertificate.'],
  [/ResourceNotFound/, 'Check the ARN: aws acm list-certificates shows those of the region.'],
  [/LimitExceeded/, 'Delete certificates that are not used, or ask for a higher quota of imported certificates.'],
  [/ENOTFOUND|ECONN|ETIMEDOUT|EAI_AGAIN|TimeoutError/, 'Check the region and the network.'],
];

function acmRefusal(region: string): (failure: unknown) => never {
  return (failure) => {
    const { name, message, code } = failure as { name: string; message: string; code?: string };
    const what = `${code ?? name}: ${message}`;
    const hint = HINTS.find(([pattern]) => pattern.test(what))?.[1] ?? 'Correct it, and run the command again.';
    throw refuse({ code: 'PL6018', message: `ACM in ${region} refused: ${what}`, hint });
  };
}
