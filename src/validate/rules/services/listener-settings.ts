import { functionOf, isList, isObject, ownEntry } from '../../../document/intrinsics.ts';
import { propertiesOf } from '../../model/of-type.ts';
import { didYouMean } from '../../model/shape.ts';
import { resource, several } from '../base/examples.ts';
import { resourceOf } from '../base/given.ts';
import { all, literal, properties, property, resources, valuesAt } from '../base/look.ts';
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
const POLICIES = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/describe-ssl-policies.html';
const REFUSED = 'Elastic Load Balancing refuses it, and the stack rolls back.';
const SUBNETS = 'Subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]';
const forward = (to = `'${ARN}:targetgroup/a/b'`): string =>
  `DefaultActions: [{ Type: forward, TargetGroupArn: ${to} }]`;
const listener = (...lines: readonly string[]): string =>
  resource(LISTENER, `LoadBalancerArn: ${ARN}:loadbalancer/net/a/b`, 'Port: 636', ...lines);
const TLS = ['Protocol: TLS', "Certificates: [{ CertificateArn: 'arn:aws:acm:us-west-2:111122223333:certificate/a' }]"];
const balancer = (...attributes: readonly string[]): string =>
  resource(BALANCER, 'Type: network', SUBNETS, 'LoadBalancerAttributes:', ...attributes.map((one) => `  - { ${one} }`));
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

/** Attributes with the values that they take: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html */
const BOOLEAN = /^(?:true|false)$/;
const ATTRIBUTES: Readonly<Record<string, readonly [types: string, fits: RegExp]>> = {
  'deletion_protection.enabled': ['application network gateway', BOOLEAN],
  'load_balancing.cross_zone.enabled': ['application network gateway', BOOLEAN],
  'access_logs.s3.enabled': ['application network', BOOLEAN],
  'access_logs.s3.bucket': ['application network', /./],
  'access_logs.s3.prefix': ['application network', /^/],
  'ipv6.deny_all_igw_traffic': ['application network', BOOLEAN],
  'zonal_shift.config.enabled': ['application network', BOOLEAN],
  'dns_record.client_routing_policy': [
    'network',
    /^(?:availability_zone_affinity|partial_availability_zone_affinity|any_availability_zone)$/,
  ],
  'secondary_ips.auto_assigned.per_subnet': ['network', /^[0-7]$/],
  'idle_timeout.timeout_seconds': ['application', /^\d{1,4}$/],
  'client_keep_alive.seconds': ['application', /^\d{2,6}$/],
  'connection_logs.s3.enabled': ['application', BOOLEAN],
  'connection_logs.s3.bucket': ['application', /./],
  'connection_logs.s3.prefix': ['application', /^/],
  'health_check_logs.s3.enabled': ['application', BOOLEAN],
  'health_check_logs.s3.bucket': ['application', /./],
  'health_check_logs.s3.prefix': ['application', /^/],
  'routing.http.desync_mitigation_mode': ['application', /^(?:monitor|defensive|strictest)$/],
  'routing.http.drop_invalid_header_fields.enabled': ['application', BOOLEAN],
  'routing.http.preserve_host_header.enabled': ['application', BOOLEAN],
  'routing.http.x_amzn_tls_version_and_cipher_suite.enabled': ['application', BOOLEAN],
  'routing.http.xff_client_port.enabled': ['application', BOOLEAN],
  'routing.http.xff_header_processing.mode': ['application', /^(?:append|preserve|remove)$/],
  'routing.http2.enabled': ['application', BOOLEAN],
  'waf.fail_open.enabled': ['application', BOOLEAN],
};

const OLD = [
  '2016-08',
  'TLS-1-0-2015-04',
  'TLS-1-1-2017-01',
  '2015-05',
  '2015-03',
  '2015-02',
  '2014-10',
  '2014-01',
  '2011-08',
  'FS-2018-06',
  'FS-1-1-2019-08',
  'TLS13-1-0-2021-06',
  'TLS13-1-1-2021-06',
  'TLS13-1-0-FIPS-2023-04',
  'TLS13-1-1-FIPS-2023-04',
  'TLS13-1-0-PQ-2025-09',
  'TLS13-1-1-PQ-2025-09',
];
/** A policy of AWS: the names follow each other by date. */
const POLICY =
  /^ELBSecurityPolicy-(?:\d{4}-\d{2}|FS-(?:1-[12]-)?(?:Res-)?\d{4}-\d{2}|TLS-1-[012]-(?:Ext-)?\d{4}-\d{2}|TLS13-1-[0-3]-(?:Ext[0-2]-|Res-)?(?:FIPS-)?(?:PQ-)?\d{4}-\d{2}|TLS13-1-2-(?:Ext[0-2]-|Res-)?(?:PQ-)?(?:FIPS-)?\d{4}-\d{2}|TLS-1-2-RES.*)$/;

/** Listeners, their certificates, actions and targets; attributes of load balancers. */
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
    code: 'PL3143',
    name: 'tls-settings',
    message: 'A listener has a TLS policy, a certificate or an ALPN policy that Elastic Load Balancing does not take.',
    why: REFUSED,
    fix: 'Write SslPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06, and one certificate.',
    url: POLICIES,
    bad: [
      listener(...TLS, 'SslPolicy: ELBSecurityPolicy-TLS-1-3 # <-', forward()),
      listener('Protocol: TLS', 'Certificates: [] # <-', forward()),
      listener('Protocol: TCP', 'AlpnPolicy: [None] # <-', forward()),
      listener(...TLS, 'AlpnPolicy: [None, HTTP1Only] # <-', forward()),
    ],
    good: [
      listener(...TLS, 'SslPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06', 'AlpnPolicy: [HTTP2Preferred]', forward()),
    ],
    check: all(
      property(LISTENER, 'SslPolicy', (value) => {
        const name = literal(value);
        return name !== undefined && !POLICY.test(name) && `${name} is not a TLS policy of Elastic Load Balancing.`;
      }),
      properties(LISTENER, ['Protocol', 'Certificates', 'AlpnPolicy'], ({ Protocol, Certificates, AlpnPolicy }) => {
        if (['TLS', 'HTTPS'].includes(literal(Protocol) ?? '') && isList(Certificates) && Certificates.length === 0)
          return ['Certificates', 'A listener that ends TLS needs a certificate.'];
        if (AlpnPolicy !== undefined && literal(Protocol) !== undefined && Protocol !== 'TLS')
          return ['AlpnPolicy', `A listener of protocol ${literal(Protocol)} cannot have AlpnPolicy.`];
        return isList(AlpnPolicy) && AlpnPolicy.length > 1
          ? ['AlpnPolicy', 'AlpnPolicy can only have one entry.']
          : undefined;
      }),
    ),
  },
  {
    code: 'PL3144',
    name: 'old-tls',
    severity: 'warning',
    message: 'The TLS policy of a listener lets TLS 1.0 or 1.1 through.',
    why: 'These can be broken, and many rules of security forbid them.',
    fix: 'Write SslPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06.',
    url: POLICIES,
    bad: [listener(...TLS, 'SslPolicy: ELBSecurityPolicy-2016-08 # <-', forward())],
    good: [listener(...TLS, 'SslPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06', forward())],
    check: property(LISTENER, 'SslPolicy', (value) => {
      const name = literal(value);
      return (
        name !== undefined &&
        OLD.includes(name.replace('ELBSecurityPolicy-', '')) &&
        `${name} lets TLS 1.0 or 1.1 through.`
      );
    }),
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
    code: 'PL3146',
    name: 'balancer-attribute',
    message: 'A load balancer does not have this attribute, or not with this value.',
    why: REFUSED,
    fix: 'Correct it, or delete it.',
    url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html',
    bad: [
      balancer('Key: cross_zone.enabled, Value: true').replace(/(cross_zone.*)\n/, '$1 # <-\n'),
      balancer('Key: load_balancing.cross_zone.enabled, Value: yep').replace(/(cross_zone.*)\n/, '$1 # <-\n'),
      balancer('Key: idle_timeout.timeout_seconds, Value: 60').replace(/(idle.*)\n/, '$1 # <-\n'),
    ],
    good: [balancer("Key: load_balancing.cross_zone.enabled, Value: 'true'")],
    check: resources(BALANCER, function* (object, path, _, known): Generator<Hit> {
      const type = literal(object['Type'] ?? 'application');
      for (const { value, path: at } of valuesAt(object, 'LoadBalancerAttributes.*', path, known)) {
        if (!isObject(value) || functionOf(value)) continue;
        const [key, text] = [literal(value['Key']), literal(value['Value'])];
        if (key === undefined) continue;
        const attribute = ownEntry(ATTRIBUTES, key);
        if (!attribute) {
          const hint = didYouMean(key, Object.keys(ATTRIBUTES));
          yield { path: [...at, 'Key'], message: `Load balancers do not have the attribute ${key}.`, hint };
        } else if (type !== undefined && !attribute[0].includes(type))
          yield {
            path: [...at, 'Key'],
            message: `A load balancer of type ${type} does not have the attribute ${key}.`,
          };
        else if (text !== undefined && !attribute[1].test(text))
          yield { path: [...at, 'Value'], message: `The attribute ${key} cannot be ${text}.` };
      }
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
