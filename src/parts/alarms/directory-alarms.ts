import { Alarm } from '../../aws/generated/cloudwatch-alarm.ts';
import { TOPIC_ARN } from '../../aws/patterns.ts';
import { made, optionalText } from '../base/needs.ts';
import { part } from '../base/part.ts';
import { alarmRule } from './alarm-rule.ts';

/**
 * Tells a topic when a domain controller fails its health checks for three minutes (its address may have changed), and
 * when something becomes of the certificate.
 */
export const directoryAlarms = part({
  name: 'directory-alarms',
  needs: {
    AlarmTopicArn: optionalText({
      group: 'LDAPS',
      label: 'Alarm topic',
      Description:
        'SNS topic to tell when a domain controller stops answering or the certificate changes; EventBridge must be allowed to publish to it. Empty: no alarm.',
      given: 'WantsAlarm',
      ...TOPIC_ARN,
    }),
    loadBalancer: made,
    ldapsTargets: made,
    CertificateArn: made,
  },
  build(template, { AlarmTopicArn: topic, loadBalancer, ldapsTargets, CertificateArn }) {
    template.resource(
      'UnhealthyTargetAlarm',
      new Alarm({
        AlarmDescription: 'A domain controller does not answer the load balancer; its address may have changed',
        Namespace: 'AWS/NetworkELB',
        MetricName: 'UnHealthyHostCount',
        Dimensions: [
          { Name: 'LoadBalancer', Value: loadBalancer.get('LoadBalancerFullName') },
          { Name: 'TargetGroup', Value: ldapsTargets.get('TargetGroupFullName') },
        ],
        Statistic: 'Maximum',
        Period: 60,
        EvaluationPeriods: 3,
        Threshold: 0,
        ComparisonOperator: 'GreaterThanThreshold',
        TreatMissingData: 'missing',
        AlarmActions: [topic.value],
        OKActions: [topic.value],
      }),
      { tag: 'unhealthy-target', condition: topic.given },
    );
    alarmRule(template, 'CertificateAlarm', {
      topic,
      words: 'the certificate that nodes trust was imported anew, or will expire. Was it you?',
      pattern: {
        source: ['aws.acm'],
        'detail-type': [
          'ACM Certificate Available',
          'ACM Certificate Approaching Expiration',
          'ACM Certificate Renewal Action Required',
          'ACM Certificate Revoked',
        ],
        resources: [CertificateArn],
      },
    });
    return {};
  },
});
