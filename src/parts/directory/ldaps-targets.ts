import { TargetGroup } from '../../aws/generated/elasticloadbalancingv2-target-group.ts';
import { part } from '../base/part.ts';
import { VPC_ID } from '../network/network-needs.ts';

/** The target group of the domain controllers. A function fills it, and so it is there before the directory. */
export const ldapsTargets = part({
  name: 'ldaps-targets',
  needs: { VpcId: VPC_ID },
  build(template, { VpcId }) {
    const group = template.resource(
      'LdapsTargets',
      new TargetGroup({
        VpcId,
        TargetType: 'ip',
        Protocol: 'TCP',
        Port: 389,
        HealthCheckProtocol: 'TCP',
        HealthCheckPort: 'traffic-port',
        HealthCheckIntervalSeconds: 10,
        HealthyThresholdCount: 2,
        UnhealthyThresholdCount: 2,
        TargetGroupAttributes: [
          { Key: 'deregistration_delay.timeout_seconds', Value: '30' },
          { Key: 'deregistration_delay.connection_termination.enabled', Value: 'true' },
        ],
      }),
      { tag: 'ldaps' },
    );
    return { ldapsTargets: group };
  },
  gives: { ldapsTargets: 'The target group of the domain controllers.' },
});
