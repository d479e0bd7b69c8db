import { resource } from '../base/examples.ts';
import { literal, pair, properties, property } from '../base/look.ts';
import type { Rule } from '../base/rule.ts';

const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const URL = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html';
const REFUSED = 'Elastic Load Balancing refuses the target group.';
const targets = (...lines: readonly string[]): string =>
  resource(TARGET_GROUP, 'VpcId: vpc-0123456789abcdef0', 'Port: 389', 'TargetType: ip', ...lines);

const OVER_TCP = ['TCP', 'UDP', 'TLS', 'TCP_UDP'];
const NEEDED = ['Port', 'Protocol', 'VpcId'] as const;

/** Target groups of load balancers. */
export const TARGET_GROUP_RULES: readonly Rule[] = [
  {
    code: 'PL3057',
    name: 'health-check-path',
    message: 'A health check over TCP cannot have HealthCheckPath or Matcher.',
    why: 'Elastic Load Balancing refuses the target group: only HTTP and HTTPS have paths and codes.',
    fix: 'Delete it, or check over HTTP.',
    url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html',
    bad: [
      targets('Protocol: TCP', 'HealthCheckProtocol: TCP', 'HealthCheckPath: /up # <-'),
      targets('Protocol: TCP', 'HealthCheckPath: /up # <-'),
    ],
    good: [targets('Protocol: TCP', 'HealthCheckProtocol: HTTP', 'HealthCheckPath: /up'), targets('Protocol: TCP')],
    check: properties(
      TARGET_GROUP,
      ['HealthCheckProtocol', 'Protocol', 'HealthCheckPath', 'Matcher'],
      ({ HealthCheckProtocol, Protocol, HealthCheckPath, Matcher }) => {
        const protocol = literal(HealthCheckProtocol ?? Protocol) ?? '';
        if (!OVER_TCP.includes(protocol)) return undefined;
        const name = HealthCheckPath !== undefined ? 'HealthCheckPath' : Matcher !== undefined ? 'Matcher' : undefined;
        return name && [name, `A health check over TCP cannot have ${name}.`];
      },
    ),
  },
  {
    code: 'E3681',
    name: 'target-type',
    message: 'A target group needs Port, Protocol and VpcId; one for Lambda functions cannot have them.',
    why: REFUSED,
    fix: 'Add what is missing, or delete it where TargetType is lambda.',
    url: URL,
    bad: [
      resource(TARGET_GROUP, 'TargetType: lambda', 'Port: 80 # <-'),
      resource(TARGET_GROUP, 'TargetType: ip', 'Port: 389', 'Protocol: TCP').replace('Properties:', 'Properties: # <-'),
    ],
    good: [resource(TARGET_GROUP, 'TargetType: lambda'), targets('Protocol: TCP')],
    instead: 'schema',
    check: properties(TARGET_GROUP, ['TargetType', ...NEEDED], ({ TargetType = 'instance', ...values }) => {
      const type = literal(TargetType);
      if (type === undefined) return undefined;
      const wrong = NEEDED.find((name) => (values[name] === undefined) !== (type === 'lambda'));
      return (
        wrong && [
          wrong,
          `A target group for targets of type ${type} ${type === 'lambda' ? 'cannot have' : 'needs'} ${wrong}.`,
        ]
      );
    }),
  },
  {
    code: 'PL3058',
    name: 'health-check-protocol',
    message: 'The protocol of a health check does not fit the protocol of its target group.',
    why: REFUSED,
    fix: 'Check targets of HTTP and HTTPS over these; others over TCP, HTTP or HTTPS.',
    url: URL,
    bad: [
      targets('Protocol: HTTP', 'HealthCheckProtocol: TCP # <-'),
      targets('Protocol: TCP', 'HealthCheckProtocol: UDP # <-'),
    ],
    good: [
      targets('Protocol: TCP', 'HealthCheckProtocol: TCP'),
      targets('Protocol: TCP', 'HealthCheckProtocol: HTTPS'),
    ],
    check: pair(TARGET_GROUP, 'HealthCheckProtocol', 'Protocol', (check, protocol) => {
      const [one, other] = [literal(check), literal(protocol)];
      if (one === undefined || other === undefined) return false;
      const allowed = other.startsWith('HTTP') ? ['HTTP', 'HTTPS'] : ['TCP', 'HTTP', 'HTTPS'];
      return (
        !allowed.includes(one) && `Targets of protocol ${other} must be checked over ${allowed.join(', ')}, not ${one}.`
      );
    }),
  },
  {
    code: 'PL3059',
    name: 'health-check-timeout',
    message: 'The timeout of a health check must be shorter than its interval.',
    why: REFUSED,
    fix: 'Make HealthCheckTimeoutSeconds smaller than HealthCheckIntervalSeconds.',
    url: URL,
    bad: [targets('Protocol: HTTP', 'HealthCheckTimeoutSeconds: 10 # <-', 'HealthCheckIntervalSeconds: 10')],
    good: [targets('Protocol: HTTP', 'HealthCheckTimeoutSeconds: 6', 'HealthCheckIntervalSeconds: 10')],
    check: pair(TARGET_GROUP, 'HealthCheckTimeoutSeconds', 'HealthCheckIntervalSeconds', (timeout, interval = 30) => {
      const [one, other] = [literal(timeout), literal(interval)].map((text) => Number(text ?? Number.NaN));
      return (
        one! >= other! && `HealthCheckTimeoutSeconds must be less than the interval of ${other} seconds, not ${one}.`
      );
    }),
  },
  {
    code: 'PL3088',
    name: 'health-check-port',
    message: 'HealthCheckPort must be traffic-port, or 1 to 65535.',
    why: REFUSED,
    fix: 'Write traffic-port for the port of the targets.',
    url: URL,
    bad: [
      targets('Protocol: TCP', 'HealthCheckPort: http # <-'),
      targets('Protocol: TCP', 'HealthCheckPort: 70000 # <-'),
    ],
    good: [targets('Protocol: TCP', 'HealthCheckPort: traffic-port'), targets('Protocol: TCP', 'HealthCheckPort: 389')],
    check: property(TARGET_GROUP, 'HealthCheckPort', (value) => {
      const port = literal(value);
      if (port === undefined || port === 'traffic-port') return false;
      return (
        !(/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535) &&
        `HealthCheckPort must be traffic-port, or 1 to 65535, not ${port}.`
      );
    }),
  },
];
