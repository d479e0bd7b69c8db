import { equals, type Presence, when } from '../../aws/conditions.ts';
import type { Form } from '../../aws/form.ts';
import { CERTIFICATE_ARN } from '../../aws/patterns.ts';
import type { Template } from '../../aws/template.ts';
import type { Expression } from '../../aws/value.ts';
import { DIRECTORY_TOPIC } from '../alarms/directory-topic.ts';
import { type IfGiven, made } from '../base/needs.ts';
import { absent, gift, part } from '../base/part.ts';
import { ldapsHost } from '../directory/ldaps-name.ts';
import { type MadeCertificate, ownCertificate } from './own-certificate.ts';

const common = {
  name: 'certificate',
  group: 'Certificate of the load balancer',
  needs: { DomainName: made, AlarmTopicArn: DIRECTORY_TOPIC },
  gives: {
    CertificateArn: "The load balancer's certificate, which nodes trust.",
    AuthorityKeySha256: "SHA-256 of the public key of the certificate's authority, which the stack made.",
  },
} as const;

/** The load balancer's certificate, which the stack makes. No link can then have nodes trust another one. */
export const madeCertificate = part({
  ...common,
  build(template, values) {
    const { arn, authorityKey } = own(template, values, true);
    return { CertificateArn: arn, AuthorityKeySha256: authorityKey };
  },
});

/**
 * The same, or a certificate that exists in ACM, in a template that comes with a release. A template without a release
 * must be given a certificate: what makes one is 30 KB, and CloudFormation takes only 50 KB of a template without a bucket.
 */
export const certificateOfRelease = part({
  ...common,
  choices: (form, { location }: { readonly location: object | undefined }) => ({
    choice: location === undefined ? mustBeGiven(form) : mayBeGiven(form),
  }),
  build(template, values) {
    const { given, wanted } = values.choice;
    if (wanted === undefined) return { CertificateArn: given, AuthorityKeySha256: absent };
    const { arn, authorityKey } = own(template, values, wanted);
    return { CertificateArn: when(wanted, arn, given), AuthorityKeySha256: gift(authorityKey, { given: wanted }) };
  },
});

interface Values {
  readonly DomainName: Expression<string>;
  readonly AlarmTopicArn: IfGiven<Expression<string>>;
}

function mayBeGiven(form: Form) {
  const given = form.optional('CertificateArn', {
    label: 'Certificate',
    Description:
      'ACM certificate for ldaps. followed by the domain name, in this region. Empty: the stack makes one under an authority of its own, and renews it.',
    ...CERTIFICATE_ARN,
  });
  return { given, wanted: form.condition('WantsCertificate', equals(given, '')) };
}

function mustBeGiven(form: Form) {
  const given = form.text('CertificateArn', {
    label: 'Certificate',
    Description:
      'ACM certificate for ldaps. followed by the domain name, in this region. podlaunch certificate create --import makes one.',
    ...CERTIFICATE_ARN,
  });
  return { given, wanted: undefined };
}

function own(template: Template, { DomainName, AlarmTopicArn }: Values, wanted: Presence): MadeCertificate {
  return ownCertificate(template, { wanted, host: ldapsHost(DomainName), topic: AlarmTopicArn });
}
