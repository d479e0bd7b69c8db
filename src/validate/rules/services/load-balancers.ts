import { resource } from '../base/examples.ts';
import { property } from '../base/look.ts';
import type { Rule } from '../base/rule.ts';

const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const ARN = 'arn:aws:elasticloadbalancing:us-west-2:111122223333';
const CERTIFICATE = 'arn:aws:acm:us-west-2:111122223333:certificate/a';
const listener = (...lines: readonly string[]): string =>
  resource(
    LISTENER,
    ...[`LoadBalancerArn: ${ARN}:loadbalancer/net/a/b`, 'Port: 636', ...lines],
    ...['DefaultActions:', `  - { Type: forward, TargetGroupArn: '${ARN}:targetgroup/a/b' }`],
  );
const targets = (...lines: readonly string[]): string =>
  resource(TARGET_GROUP, 'VpcId: vpc-0123456789abcdef0', 'Port: 389', 'TargetType: ip', ...lines);

/** Load balancers, their listeners and target groups. */
export const LOAD_BALANCER_RULES: readonly Rule[] = [
  {
    code: 'PL3056',
    name: 'listener-certificate',
    message: 'A listener that ends TLS has no certificate.',
    why: 'Elastic Load Balancing refuses the listener.',
    fix: 'Add Certificates with the ARN of one certificate.',
    url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/create-listener.html',
    bad: [listener('Protocol: TLS # <-')],
    good: [
      listener('Protocol: TLS', `Certificates: [{ CertificateArn: '${CERTIFICATE}' }]`),
      listener('Protocol: TCP'),
    ],
    check: property(
      LISTENER,
      'Protocol',
      (protocol, { Certificates }) => (protocol === 'TLS' || protocol === 'HTTPS') && Certificates === undefined,
    ),
  },
  {
    code: 'PL3057',
    name: 'health-check-path',
    message: 'A health check over TCP has no path.',
    why: 'Elastic Load Balancing refuses the target group: only HTTP and HTTPS have paths.',
    fix: 'Delete HealthCheckPath, or check over HTTP.',
    url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html',
    bad: [
      targets('Protocol: TCP', 'HealthCheckProtocol: TCP', 'HealthCheckPath: /up # <-'),
      targets('Protocol: TCP', 'HealthCheckPath: /up # <-'),
    ],
    good: [targets('Protocol: TCP', 'HealthCheckProtocol: HTTP', 'HealthCheckPath: /up'), targets('Protocol: TCP')],
    check: property(TARGET_GROUP, 'HealthCheckPath', (_, { HealthCheckProtocol, Protocol }) =>
      ['TCP', 'UDP', 'TLS', 'TCP_UDP'].includes(String(HealthCheckProtocol ?? Protocol)),
    ),
  },
];
