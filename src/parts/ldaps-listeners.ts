import { type Condition, when } from '../aws/conditions.ts';
import { Listener } from '../aws/generated/elasticloadbalancingv2-listener.ts';
import type { LoadBalancer } from '../aws/generated/elasticloadbalancingv2-load-balancer.ts';
import { TargetGroup } from '../aws/generated/elasticloadbalancingv2-target-group.ts';
import { noValue } from '../aws/intrinsics.ts';
import type { ResourceHandle, Template } from '../aws/template.ts';
import type { Expression, Id, Value } from '../aws/value.ts';

/** TLS 1.2 and 1.3, with suites for RSA and ECDSA certificates. */
export const TLS_POLICY = 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06';

export interface LdapsListenersInput {
  readonly loadBalancer: ResourceHandle<LoadBalancer>;
  readonly vpcId: Value<Id<'AWS::EC2::VPC.Id'>>;
  /** The two domain controllers. */
  readonly addresses: readonly [Expression<string>, Expression<string>];
  /** Whether the controllers are outside the VPC. */
  readonly addressesOutsideVpc: Condition;
  readonly certificateArn: Value<string>;
  /** Whether there is a listener without TLS too. */
  readonly plainListener: Condition;
}

/** LDAPS for the directory: TLS ends on 636 of the load balancer, and goes on to the controllers' 389. */
export function ldapsListeners(template: Template, input: LdapsListenersInput): ResourceHandle<TargetGroup> {
  const { loadBalancer } = input;
  const zone = { AvailabilityZone: when(input.addressesOutsideVpc, 'all', noValue) };
  const targetGroup = template.resource(
    'DirectoryTargets',
    new TargetGroup({
      VpcId: input.vpcId,
      TargetType: 'ip',
      Protocol: 'TCP',
      Port: 389,
      Targets: input.addresses.map((address) => ({ Id: address, Port: 389, ...zone })),
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
  const toDirectory = [{ Type: 'forward', TargetGroupArn: targetGroup.ref() }] as const;
  template.resource(
    'LdapsListener',
    new Listener({
      LoadBalancerArn: loadBalancer.ref(),
      Port: 636,
      Protocol: 'TLS',
      SslPolicy: TLS_POLICY,
      Certificates: [{ CertificateArn: input.certificateArn }],
      DefaultActions: toDirectory,
    }),
    { tag: 'ldaps' },
  );
  template.resource(
    'LdapListener',
    new Listener({
      LoadBalancerArn: loadBalancer.ref(),
      Port: 389,
      Protocol: 'TCP',
      DefaultActions: toDirectory,
    }),
    { tag: 'ldap', condition: input.plainListener },
  );
  return targetGroup;
}
