import type { Presence } from '../../aws/conditions.ts';
import { Alarm } from '../../aws/generated/cloudwatch-alarm.ts';
import { accountId, partition, region } from '../../aws/intrinsics.ts';
import { sub } from '../../aws/sub.ts';
import type { Template } from '../../aws/template.ts';
import type { Expression } from '../../aws/value.ts';
import { certificateFunction } from '../../functions/certificate/function.ts';
import { CERTIFICATE_CODE } from '../../functions/generated/certificate.ts';
import { alarmRule, callsByOtherRoles } from '../alarms/alarm-rule.ts';
import type { IfGiven } from '../base/needs.ts';
import { functionRole, lambdaFunction } from '../function/lambda-function.ts';
import { authorityKey } from './authority-key.ts';

/** What a certificate of the stack's own is made for. */
export interface OwnCertificate {
  /** Whether it is wanted: all that is made is there only then. */
  readonly wanted: Presence;
  readonly host: Expression<string>;
  readonly topic: IfGiven<Expression<string>>;
}

/** A certificate in ACM, and the SHA-256 of its authority's public key. */
export interface MadeCertificate {
  readonly arn: Expression<string>;
  readonly authorityKey: Expression<string>;
}

/**
 * The load balancer's certificate, made in the stack under an authority of its own and renewed by a schedule; tells a
 * topic when it was not renewed in time, and when anybody but the function imports another one.
 */
export function ownCertificate(template: Template, { wanted, host, topic }: OwnCertificate): MadeCertificate {
  const certificates = sub`arn:${partition}:acm:${region}:${accountId}:certificate/*`;
  const as = functionRole(template, certificateFunction, { grants: { UseOwn: certificates }, condition: wanted });
  const properties = { HostName: host, KeyArn: authorityKey(template, as.role, wanted).get('Arn') };
  const { resource } = lambdaFunction(template, certificateFunction, {
    code: CERTIFICATE_CODE,
    as,
    resource: { id: 'Certificate', properties },
    schedule: { properties },
  });
  const told = template.allOf('WatchesCertificate', [wanted, topic.given]);
  template.resource(
    'CertificateEndsAlarm',
    new Alarm({
      AlarmDescription:
        'The certificate that nodes trust ends within 30 days: its renewal has failed, see the log of CertificateFunction',
      Namespace: 'AWS/CertificateManager',
      MetricName: 'DaysToExpiry',
      Dimensions: [{ Name: 'CertificateArn', Value: resource.ref() }],
      Statistic: 'Minimum',
      // ACM writes the metric twice a day.
      Period: 86_400,
      EvaluationPeriods: 1,
      Threshold: 30,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'missing',
      AlarmActions: [topic.value],
      OKActions: [topic.value],
    }),
    { tag: 'certificate-ends', condition: told },
  );
  alarmRule(template, 'CertificateReplacedAlarm', {
    topic: { ...topic, given: told },
    words: 'somebody other than the stack imported another certificate for the load balancer. Look who did it.',
    pattern: callsByOtherRoles(
      'acm',
      ['ImportCertificate', 'DeleteCertificate'],
      { certificateArn: [resource.ref()] },
      as.role.get('Arn'),
    ),
  });
  return { arn: resource.ref(), authorityKey: resource.get('AuthorityKeySha256') };
}
