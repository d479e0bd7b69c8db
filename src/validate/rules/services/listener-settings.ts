import { ownEntry } from '../../../document/intrinsics.ts';
import { propertiesOf } from '../../model/of-type.ts';
import { resource, several } from '../base/examples.ts';
import { resourceOf } from '../base/given.ts';
import { literal, properties, resources, valuesAt } from '../base/look.ts';
import type { Hit, Rule } from '../base/rule.ts';
import { unique } from '../base/unique.ts';
import { frontOf } from './directory-front.ts';
import { forwards } from './forwards.ts';
import { balancerType } from './load-balancers.ts';
import { groupsAt, lets, placeOf, tcp } from './security-group-openings.ts';

const ELB = 'AWS::ElasticLoadBalancingV2::';
const LISTENER = `${ELB}Listener`;
const BALANCER = `${ELB}LoadBalancer`;
const GROUP = `${ELB}TargetGroup`;
const ARN = 'arn:aws:elasticloadbalancing:us-west-2:111122223333';
const PAGE = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html';
const REFUSED = 'Elastic Load Balancing refuses it, and the stack rolls back.';
const SUBNETS = 'Subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]';
const forward = (to = `'${ARN}:targetgroup/a/b'`): string =>
  `DefaultActions: [{ Type: forward, TargetGroupArn: ${to} }]`;
const toGroup = (protocol: string, mark = ''): string =>
  several({
    Listener: [
      LISTENER,
      `LoadBalancerArn: ${ARN}:loadbalancer/net/a/b`,
      'Port: 53',
      'Protocol: UDP',
      `${forward('!Ref Group')}${mark}`,
    ],
    Group: [GROUP, 'VpcId: vpc-0123456789abcdef0', 'Port: 53', `Protocol: ${protocol}`],
  });
const ruleTo = (protocol: string, mark = ''): string =>
  several({
    Rule: [
      `${LISTENER}Rule`,
      `ListenerArn: ${ARN}:listener/app/a/b/c`,
      'Priority: 1',
      'Conditions: [{ Field: path-pattern, PathPatternConfig: { Values: [/a] } }]',
      `Actions: [{ Type: forward, TargetGroupArn: !Ref Group }]${mark}`,
    ],
    Group: [GROUP, 'VpcId: vpc-0123456789abcdef0', 'Port: 80', `Protocol: ${protocol}`],
  });
const guarded = (port: number, mark = ''): string =>
  several({
    Guard: [
      'AWS::EC2::SecurityGroup',
      'GroupDescription: a',
      'VpcId: vpc-0123456789abcdef0',
      `SecurityGroupIngress: [{ IpProtocol: tcp, FromPort: ${port}, ToPort: ${port}, CidrIp: 10.0.0.0/8 }]`,
    ],
    Front: [BALANCER, 'Type: network', 'Scheme: internal', SUBNETS, 'SecurityGroups: [!Ref Guard]'],
    Listener: [LISTENER, 'LoadBalancerArn: !Ref Front', `Port: 80${mark}`, 'Protocol: TCP', forward('!Ref Group')],
    Group: [
      GROUP,
      'VpcId: vpc-0123456789abcdef0',
      'TargetType: ip',
      'Port: 389',
      'Protocol: TCP',
      `Targets: [${[0, 1].map((index) => `{ Id: !Select [${index}, !GetAtt Directory.DnsIpAddresses] }`).join(', ')}]`,
    ],
    Directory: [
      'AWS::DirectoryService::MicrosoftAD',
      ...['Name: corp.example.com', "Password: '{{resolve:secretsmanager:admin:SecretString:password}}'"],
      'VpcSettings: { VpcId: vpc-0123456789abcdef0, SubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1] }',
    ],
  });

/** Which protocols targets may have, by the listener's: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html */
const TARGETS: Readonly<Record<string, readonly string[]>> = {
  TCP: ['TCP', 'TCP_UDP'],
  TLS: ['TCP', 'TLS'],
  UDP: ['UDP', 'TCP_UDP'],
  TCP_UDP: ['TCP_UDP'],
  HTTP: ['HTTP', 'HTTPS'],
  HTTPS: ['HTTP', 'HTTPS'],
};

/** Listeners, their actions and their targets. */
export const LISTENER_SETTING_RULES: readonly Rule[] = [
  {
    code: 'PL3141',
    name: 'listener-targets',
    message: 'A listener forwards to a target group of a protocol that it cannot reach.',
    why: REFUSED,
    fix: 'TCP goes to TCP, TLS to TCP or TLS, UDP to UDP, HTTP and HTTPS to HTTP or HTTPS.',
    url: PAGE,
    bad: [toGroup('TCP', ' # <-')],
    good: [toGroup('UDP')],
    check: resources(LISTENER, function* (object, path, model, known): Generator<Hit> {
      const protocol = literal(object['Protocol']);
      const allowed = ownEntry(TARGETS, protocol);
      if (!allowed) return;
      for (const { group, path: at } of forwards(model, object, path, known)) {
        const other = literal(propertiesOf(model, group)['Protocol']);
        if (other !== undefined && !allowed.includes(other))
          yield {
            path: at,
            message: `A listener of protocol ${protocol} cannot forward to ${group}, which is of protocol ${other}.`,
          };
      }
    }),
  },
  {
    code: 'E3711',
    name: 'listener-rule-targets',
    message: 'A rule of a listener forwards to a target group that no application load balancer reaches.',
    why: REFUSED,
    fix: 'Only application load balancers have rules: forward to a target group of HTTP or HTTPS.',
    url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateRule.html',
    bad: [ruleTo('GENEVE', ' # <-'), ruleTo('TCP', ' # <-')],
    good: [ruleTo('HTTP')],
    check: resources(`${LISTENER}Rule`, function* (object, path, model, known): Generator<Hit> {
      for (const { group, path: at } of forwards(model, object, path, known)) {
        const protocol = literal(propertiesOf(model, group)['Protocol']);
        if (protocol !== undefined && !/^HTTPS?$/.test(protocol))
          yield { path: at, message: `A rule cannot forward to ${group}, which is of protocol ${protocol}.` };
      }
    }),
  },
  {
    code: 'PL3142',
    name: 'listener-twice',
    message: 'Two listeners of a load balancer have the same port.',
    why: REFUSED,
    fix: 'Keep one, or change the port.',
    url: PAGE,
    bad: [
      several({
        One: [LISTENER, `LoadBalancerArn: ${ARN}:loadbalancer/net/a/b`, 'Port: 80', 'Protocol: TCP', forward()],
        Other: [LISTENER, `LoadBalancerArn: ${ARN}:loadbalancer/net/a/b # <-`, 'Port: 80', 'Protocol: TCP', forward()],
      }),
    ],
    good: [
      several({
        One: [LISTENER, `LoadBalancerArn: ${ARN}:loadbalancer/net/a/b`, 'Port: 80', 'Protocol: TCP', forward()],
        Other: [LISTENER, `LoadBalancerArn: ${ARN}:loadbalancer/net/a/b`, 'Port: 81', 'Protocol: TCP', forward()],
      }),
    ],
    check: unique(
      LISTENER,
      ['LoadBalancerArn', 'Port'],
      (first) => `${first} is a listener of the same load balancer on the same port.`,
    ),
  },
  {
    code: 'PL3145',
    name: 'network-listener-action',
    message: 'A network load balancer can only forward.',
    why: REFUSED,
    fix: 'Write Type: forward with TargetGroupArn, or use an application load balancer.',
    url: PAGE,
    bad: [
      several({
        Front: [BALANCER, 'Type: network', SUBNETS],
        Example: [
          LISTENER,
          'LoadBalancerArn: !Ref Front',
          'Port: 80',
          'Protocol: TCP',
          'DefaultActions: [{ Type: redirect, RedirectConfig: { StatusCode: HTTP_301 } }] # <-',
        ],
      }),
    ],
    good: [
      several({
        Front: [BALANCER, 'Type: network', SUBNETS],
        Example: [LISTENER, 'LoadBalancerArn: !Ref Front', 'Port: 80', 'Protocol: TCP', forward()],
      }),
    ],
    check: resources(LISTENER, function* (object, path, model, known): Generator<Hit> {
      if (balancerType(model, object['LoadBalancerArn']) !== 'network') return;
      for (const { value, path: at } of valuesAt(object, 'DefaultActions.*.Type', path, known))
        if (literal(value) !== undefined && value !== 'forward')
          yield { path: at, message: `A network load balancer can only forward, not ${literal(value)}.` };
    }),
  },
  {
    code: 'PL3147',
    name: 'listener-closed',
    message:
      'The security groups of a load balancer do not let its listener before a directory be reached, or its targets.',
    why: 'Every connection waits until it fails.',
    fix: 'Let the port of the listener in, and the port of the targets out.',
    url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html',
    bad: [guarded(443, ' # <-')],
    good: [guarded(80)],
    check: resources(LISTENER, function* (object, path, model): Generator<Hit> {
      const front = resourceOf(model, object['LoadBalancerArn'], BALANCER);
      const own = propertiesOf(model, front);
      const groups = groupsAt(model, own, 'SecurityGroups');
      const isTcp = !['UDP', 'TCP_UDP', 'QUIC'].includes(literal(object['Protocol']) ?? '');
      for (const { value } of groups && isTcp
        ? valuesAt(object, 'DefaultActions.*.TargetGroupArn', path, new Map())
        : []) {
        const group = resourceOf(model, value, GROUP);
        const target = propertiesOf(model, group);
        // Of others it is not known whether anyone is to reach them.
        if (!frontOf(model, target, [])) continue;
        const [port, to] = [Number(literal(object['Port'])), Number(literal(target['Port']))];
        const name = `${groups!.join(', ')} of ${front}`;
        if (!Number.isNaN(port) && !lets(model, groups!, 'Ingress', tcp(port)))
          yield { path: [...path, 'Port'], message: `${name} does not let TCP ${port} in.` };
        if (!Number.isNaN(to) && !lets(model, groups!, 'Egress', tcp(to)))
          yield {
            path: placeOf(object, path, 'DefaultActions'),
            message: `${name} does not let TCP ${to} out, the port of ${group}.`,
          };
      }
    }),
  },
  {
    code: 'PL3148',
    name: 'health-check-off',
    message: 'Only a target group for Lambda functions can be without health checks.',
    why: REFUSED,
    fix: 'Delete HealthCheckEnabled.',
    url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html',
    bad: [
      resource(GROUP, 'VpcId: vpc-0123456789abcdef0', 'Port: 80', 'Protocol: TCP', 'HealthCheckEnabled: false # <-'),
    ],
    good: [resource(GROUP, 'TargetType: lambda', 'HealthCheckEnabled: false')],
    check: properties(GROUP, ['HealthCheckEnabled', 'TargetType'], ({ HealthCheckEnabled, TargetType = 'instance' }) =>
      literal(HealthCheckEnabled) === 'false' && literal(TargetType) !== undefined && TargetType !== 'lambda'
        ? 'HealthCheckEnabled'
        : undefined,
    ),
  },
];
