import { openClient } from '../cloud/client.ts';
import type { AwsPlace } from '../cloud/place.ts';
import type { CertificateStatus, PasswordStatus } from './status.ts';

const DAY = 86_400_000;

/** When a certificate in ACM ends. Throws what ACM answers. */
export async function certificateStatus(arn: string, place: AwsPlace, now: number): Promise<CertificateStatus> {
  const { sdk, client } = await openClient(
    { service: 'ACM', ...place },
    () => import('@aws-sdk/client-acm'),
    ({ ACMClient }, settings) => new ACMClient(settings),
  );
  try {
    const { Certificate } = await client.send(new sdk.DescribeCertificateCommand({ CertificateArn: arn }));
    const end = Certificate?.NotAfter;
    if (end === undefined) throw new Error('ACM does not say when it ends');
    const daysLeft = Math.floor((end.getTime() - now) / DAY);
    return { arn, host: Certificate?.DomainName ?? '', endsAt: end.toISOString(), daysLeft };
  } finally {
    client.destroy();
  }
}

/** How old the password in a secret is. Its dates are read, never its value. Throws what Secrets Manager answers. */
export async function passwordStatus(secret: string, place: AwsPlace, now: number): Promise<PasswordStatus> {
  const { sdk, client } = await openClient(
    { service: 'Secrets_Manager', ...place },
    () => import('@aws-sdk/client-secrets-manager'),
    ({ SecretsManagerClient }, settings) => new SecretsManagerClient(settings),
  );
  try {
    const found = await client.send(new sdk.DescribeSecretCommand({ SecretId: secret }));
    const set = found.LastRotatedDate ?? found.LastChangedDate ?? found.CreatedDate;
    if (set === undefined) throw new Error('Secrets Manager does not say when it was set');
    return {
      secret: found.Name ?? secret,
      age: Math.floor((now - set.getTime()) / DAY),
      rotatesAt: found.NextRotationDate?.toISOString(),
    };
  } finally {
    client.destroy();
  }
}
