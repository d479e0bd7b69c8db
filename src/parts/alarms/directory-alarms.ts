import { Alarm } from '../../aws/generated/cloudwatch-alarm.ts';
import { made } from '../base/needs.ts';
import { part } from '../base/part.ts';
import { alarmRule } from './alarm-rule.ts';
import { DIRECTORY_TOPIC } from './directory-topic.ts';

/**
 * Tells a topic when a domain controller fails its health checks for three minutes, and when something becomes of the
 * certificate.
 */
export const directoryAlarms = part({
  name: 'directory-alarms',
  needs: {
    AlarmTopicArn: DIRECTORY_TOPIC,
    loadBalancer: made,
    ldapsTargets: made,
    CertificateArn: made,
  },
  build(template, { AlarmTopicArn: topic, loadBalancer, ldapsTargets, CertificateArn }) {
    template.resource(
      'UnhealthyTargetAlarm',
      new Alarm({
        AlarmDescription: 'A domain controller does not answer the load balancer',
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
      words:
        'the certificate that nodes trust was imported anew, or will expire. The stack renews its own after nine months; otherwise: was it you?',
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
