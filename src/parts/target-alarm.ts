import type { Condition } from '../aws/conditions.ts';
import { Alarm } from '../aws/generated/cloudwatch-alarm.ts';
import type { Template } from '../aws/template.ts';
import type { Expression } from '../aws/value.ts';
import type { DirectoryLoadBalancer } from './load-balancer.ts';
import { tags } from './tags.ts';

export interface TargetAlarmInput extends DirectoryLoadBalancer {
  readonly project: string;
  readonly wanted: Condition;
  readonly topicArn: Expression<string>;
}

/** Tells a topic when a domain controller fails its health checks for three minutes: its address may have changed. */
export function targetAlarm(template: Template, input: TargetAlarmInput): void {
  template.resource(
    'UnhealthyTargetAlarm',
    new Alarm({
      AlarmDescription: 'A domain controller does not answer the load balancer; its address may have changed',
      Namespace: 'AWS/NetworkELB',
      MetricName: 'UnHealthyHostCount',
      Dimensions: [
        { Name: 'LoadBalancer', Value: input.loadBalancer.get('LoadBalancerFullName') },
        { Name: 'TargetGroup', Value: input.targetGroup.get('TargetGroupFullName') },
      ],
      Statistic: 'Maximum',
      Period: 60,
      EvaluationPeriods: 3,
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'missing',
      AlarmActions: [input.topicArn],
      OKActions: [input.topicArn],
      Tags: tags(input.project, 'unhealthy-target'),
    }),
    { condition: input.wanted },
  );
}
