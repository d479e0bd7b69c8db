import { Alarm } from '../../aws/generated/cloudwatch-alarm.ts';
import { accountId, partition, region } from '../../aws/intrinsics.ts';
import { TOPIC_ARN } from '../../aws/patterns.ts';
import { sub } from '../../aws/sub.ts';
import { certificateFunction } from '../../functions/certificate/function.ts';
import { CERTIFICATE_CODE } from '../../functions/generated/certificate.ts';
import { alarmRule } from '../alarms/alarm-rule.ts';
import { made, optionalText } from '../base/needs.ts';
import { part } from '../base/part.ts';
import { ldapsHost } from '../directory/ldaps-name.ts';
import { functionRole, lambdaFunction } from '../function/lambda-function.ts';
import { authorityKey } from './authority-key.ts';

/**
 * The load balancer's certificate, made in the stack under an authority of its own and renewed by a schedule; tells a
 * topic when it was not renewed in time, and when anybody but the function imports another one.
 */
export const ownCertificate = part({
  name: 'own-certificate',
  needs: {
    DomainName: made,
    AlarmTopicArn: optionalText({
      group: 'LDAPS',
      label: 'Alarm topic',
      Description:
        'SNS topic to tell when the certificate is not renewed in time, or somebody replaces it; EventBridge must be allowed to publish to it. Empty: no alarm.',
      given: 'WantsAlarm',
      ...TOPIC_ARN,
    }),
  },
  build(template, { DomainName, AlarmTopicArn: topic }) {
    const certificates = sub`arn:${partition}:acm:${region}:${accountId}:certificate/*`;
    const as = functionRole(template, certificateFunction, { grants: { UseOwn: certificates } });
    const properties = { HostName: ldapsHost(DomainName), KeyArn: authorityKey(template, as.role).get('Arn') };
    const { resource } = lambdaFunction(template, certificateFunction, {
      code: CERTIFICATE_CODE,
      as,
      resource: { id: 'Certificate', properties },
      schedule: { properties },
    });
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
      { tag: 'certificate-ends', condition: topic.given },
    );
    alarmRule(template, 'CertificateReplacedAlarm', {
      topic,
      words: 'somebody other than the stack imported another certificate for the load balancer. Look who did it.',
      pattern: {
        source: ['aws.acm'],
        'detail-type': ['AWS API Call via CloudTrail'],
        detail: {
          eventName: ['ImportCertificate', 'DeleteCertificate'],
          userIdentity: {
            sessionContext: { sessionIssuer: { arn: [{ 'anything-but': as.role.get('Arn') }, { exists: false }] } },
          },
          requestParameters: { certificateArn: [resource.ref()] },
        },
      },
    });
    return { CertificateArn: resource.ref() };
  },
  gives: { CertificateArn: "The load balancer's certificate, which nodes trust." },
});
