import type { Condition } from '../aws/conditions.ts';
import { Alarm } from '../aws/generated/cloudwatch-alarm.ts';
import type { LoadBalancer } from '../aws/generated/elasticloadbalancingv2-load-balancer.ts';
import type { TargetGroup } from '../aws/generated/elasticloadbalancingv2-target-group.ts';
import type { ResourceHandle, Template } from '../aws/template.ts';
import type { Expression } from '../aws/value.ts';

export interface TargetAlarmInput {
  readonly loadBalancer: ResourceHandle<LoadBalancer>;
  readonly targetGroup: ResourceHandle<TargetGroup>;
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
    }),
    { tag: 'unhealthy-target', condition: input.wanted },
  );
}
