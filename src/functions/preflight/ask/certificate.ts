import { DescribeCertificateCommand } from '@aws-sdk/client-acm';
import type { Clients } from '../clients.ts';

/** A certificate in ACM. */
export interface Certificate {
  readonly status: string;
  readonly names: readonly string[];
  readonly algorithm: string;
  /** In ms since 1970. */
  readonly ends: number;
}

export async function askCertificate({ acm }: Clients, arn: string, stop: AbortSignal): Promise<Certificate> {
  const command = new DescribeCertificateCommand({ CertificateArn: arn });
  const { Certificate: described = {} } = await acm.send(command, { abortSignal: stop });
  const { Status = '', DomainName = '', SubjectAlternativeNames = [], KeyAlgorithm = '', NotAfter } = described;
  return {
    status: Status,
    names: [...new Set([DomainName, ...SubjectAlternativeNames])],
    algorithm: KeyAlgorithm,
    ends: NotAfter?.getTime() ?? 0,
  };
}
