import { when } from '../../aws/conditions.ts';
import { Listener } from '../../aws/generated/elasticloadbalancingv2-listener.ts';
import { TargetGroup } from '../../aws/generated/elasticloadbalancingv2-target-group.ts';
import { noValue } from '../../aws/intrinsics.ts';
import { made } from '../base/needs.ts';
import { part } from '../base/part.ts';
import { VPC_ID } from '../network/network-needs.ts';

/** TLS 1.2 and 1.3, with suites for RSA and ECDSA certificates. */
export const TLS_POLICY = 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06';

/** LDAPS for the directory: TLS ends on 636 of the load balancer, and goes on to the controllers' 389. */
export const ldapsListeners = part({
  name: 'ldaps-listeners',
  needs: {
    VpcId: VPC_ID,
    FirstDirectoryAddress: made,
    SecondDirectoryAddress: made,
    CertificateArn: made,
    existingDirectory: made,
    loadBalancer: made,
    plainListener: made,
  },
  build(template, { VpcId, CertificateArn, existingDirectory, loadBalancer, plainListener, ...needs }) {
    const addresses = [needs.FirstDirectoryAddress, needs.SecondDirectoryAddress];
    const zone = { AvailabilityZone: when(existingDirectory.outsideVpc, 'all', noValue) };
    const targetGroup = template.resource(
      'DirectoryTargets',
      new TargetGroup({
        VpcId,
        TargetType: 'ip',
        Protocol: 'TCP',
        Port: 389,
        Targets: addresses.map((address) => ({ Id: address, Port: 389, ...zone })),
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
        Certificates: [{ CertificateArn }],
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
      { tag: 'ldap', condition: plainListener },
    );
    return { ldapsTargets: targetGroup };
  },
  gives: { ldapsTargets: 'The target group of the domain controllers.' },
});
