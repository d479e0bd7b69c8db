import { CERTIFICATE_ARN } from '../../aws/patterns.ts';
import { part } from '../base/part.ts';

/** A certificate that was imported into ACM by hand. */
export const certificate = part({
  name: 'certificate',
  group: 'LDAPS',
  choices: (form) => ({
    CertificateArn: form.text('CertificateArn', {
      label: 'Certificate',
      Description:
        'ACM certificate for ldaps. followed by the domain name, in this region. podlaunch certificate create --import makes one.',
      ...CERTIFICATE_ARN,
    }),
  }),
  build: (_, { CertificateArn }) => ({ CertificateArn }),
  gives: { CertificateArn: "The load balancer's certificate, which nodes trust." },
});
