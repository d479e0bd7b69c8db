import type { Path } from '../../../diagnostics/diagnostic.ts';
import { functionOf, isList, isObject, type JsonObject, textOf } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import type { Model } from '../../model/model.ts';
import { ofType, propertiesOf } from '../../model/of-type.ts';
import { several } from '../base/examples.ts';
import { resourceOf } from '../base/given.ts';
import { literal, resources, valuesAt } from '../base/look.ts';
import type { Check, Hit, Rule } from '../base/rule.ts';
import { forwards } from './forwards.ts';

const ELB = 'AWS::ElasticLoadBalancingV2::';
const GROUP = `${ELB}TargetGroup`;
const LISTENER = `${ELB}Listener`;
const BALANCER = `${ELB}LoadBalancer`;
const DIRECTORY = 'AWS::DirectoryService::MicrosoftAD';
const PAGE = 'https://docs.aws.amazon.com/directoryservice/latest/admin-guide/ms_ad_ldap.html';
const CROSS_ZONE = 'load_balancing.cross_zone.enabled';

/** Ports on which a controller answers without TLS, by the protocol that a load balancer ends. */
const PLAIN = ['389', '3268'];
/** Every port of a controller: https://docs.aws.amazon.com/directoryservice/latest/admin-guide/ms_ad_getting_started_prereqs.html */
const PORTS = ['53', '88', '135', '389', '445', '464', '636', '3268', '3269', '9389'];

interface Example {
  readonly group?: readonly string[];
  readonly targets?: string;
  readonly balancer?: readonly string[];
}
const target = (index: number): string => `{ Id: !Select [${index}, !GetAtt Directory.DnsIpAddresses] }`;
const front = ({
  group = ['Protocol: TCP', 'Port: 389'],
  targets = `[${target(0)}, ${target(1)}]`,
  balancer = [],
}: Example): string =>
  several({
    Directory: [
      DIRECTORY,
      ...['Name: corp.example.com', "Password: '{{resolve:secretsmanager:admin:SecretString:password}}'"],
      'VpcSettings: { VpcId: vpc-0123456789abcdef0, SubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1] }',
    ],
    Controllers: [GROUP, 'VpcId: vpc-0123456789abcdef0', 'TargetType: ip', ...group, `Targets: ${targets}`],
    Front: [
      BALANCER,
      ...(balancer.length > 0
        ? balancer
        : ['Type: network', 'Scheme: internal', `LoadBalancerAttributes: [{ Key: ${CROSS_ZONE}, Value: 'true' }]`]),
      'Subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]',
    ],
    Ldaps: [
      LISTENER,
      ...[
        'LoadBalancerArn: !Ref Front',
        'Port: 636',
        'Protocol: TLS',
        'SslPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06',
      ],
      "Certificates: [{ CertificateArn: 'arn:aws:acm:us-west-2:111122223333:certificate/a' }]",
      'DefaultActions: [{ Type: forward, TargetGroupArn: !Ref Controllers }]',
    ],
  });

/** The directory whose controllers a target group has, with the places of its targets. */
export interface Front {
  readonly directory: string;
  readonly targets: readonly { readonly index: string; readonly port: Json | undefined; readonly path: Path }[];
}

/** The directory that the targets of a target group are controllers of; undefined of other groups. */
export function frontOf(model: Model, properties: JsonObject, path: Path): Front | undefined {
  let directory: string | undefined;
  const targets: Front['targets'][number][] = [];
  for (const { value, path: at } of valuesAt(properties, 'Targets.*', [...path], new Map())) {
    if (!isObject(value) || functionOf(value)) return undefined;
    const call = functionOf(value['Id']);
    const [index, list] =
      call?.name === 'Fn::Select' && isList(call.argument) ? call.argument : [undefined, value['Id']];
    const one = resourceOf(model, list, DIRECTORY);
    if (one === undefined) return undefined;
    directory = one;
    targets.push({ index: textOf(index), port: value['Port'], path: at });
  }
  return directory === undefined ? undefined : { directory, targets };
}

/** Looks at the target groups before directories. */
function groups(look: (front: Front, properties: JsonObject, path: Path, model: Model) => Iterable<Hit>): Check {
  return resources(GROUP, function* (properties, path, model) {
    const front = frontOf(model, properties, path);
    if (front) yield* look(front, properties, path, model);
  });
}

/** The listeners of the template that forward to controllers, each with the target group. */
function* listeners(model: Model): Generator<{ readonly properties: JsonObject; readonly group: string }> {
  for (const { properties } of ofType(model, LISTENER))
    for (const { group } of forwards(model, properties))
      if (frontOf(model, propertiesOf(model, group), [])) yield { properties, group };
}

/** Load balancers before a directory. */
export const DIRECTORY_FRONT_RULES: readonly Rule[] = [
  {
    code: 'PL3138',
    name: 'directory-targets',
    message: 'A target group before a directory does not reach its controllers.',
    why: 'Every look-up of a person fails, and nobody can log in.',
    fix: 'Write TargetType: ip, Protocol: TCP, Port: 389, and both addresses of the directory.',
    url: PAGE,
    bad: [
      front({ group: ['Protocol: TCP', 'Port: 390 # <-'] }),
      front({ group: ['Protocol: TCP', 'Port: 636 # <-'] }),
      front({ group: ['Protocol: TLS # <-', 'Port: 389'] }),
      front({ group: ['Protocol: TCP', 'Port: 389', 'HealthCheckPort: 80 # <-'] }),
      front({ group: ['Protocol: TCP', 'Port: 389', 'HealthCheckProtocol: HTTP # <-'] }),
      front({ targets: `[${target(0)}] # <-` }),
      front({ targets: `[${target(0)}, ${target(2)}] # <-` }),
    ],
    good: [
      front({}),
      front({ group: ['Protocol: TCP', 'Port: 389', 'HealthCheckPort: 389', 'HealthCheckProtocol: TCP'] }),
    ],
    check: groups(function* ({ directory, targets }, properties, path, model): Generator<Hit> {
      const text = (name: string): string | undefined => literal(properties[name]);
      const say = (name: string, message: string): Hit => ({ path: [...path, name], message });
      const isEnded = [...listeners(model)].some(
        ({ group, properties: one }) => group === path[1] && literal(one['Protocol']) === 'TLS',
      );
      const ports = isEnded ? PLAIN : PORTS;
      const port = text('Port');
      const why = isEnded
        ? 'the load balancer has ended TLS, so they must be asked on 389 or 3268'
        : `their ports are ${PORTS.join(', ')}`;
      if (port !== undefined && !ports.includes(port))
        yield say('Port', `The controllers of ${directory} are asked on ${port}, but ${why}.`);
      if (
        text('Protocol') !== undefined &&
        !['TCP', ...(isEnded ? [] : ['UDP', 'TCP_UDP', 'TLS'])].includes(text('Protocol')!)
      )
        yield say('Protocol', `The controllers of ${directory} must be asked over TCP, not ${text('Protocol')}.`);
      if (text('TargetType') !== 'ip' && properties['TargetType'] !== undefined && text('TargetType') !== undefined)
        yield say('TargetType', `The targets are addresses of ${directory}: TargetType must be ip.`);
      const health = text('HealthCheckPort');
      if (health !== undefined && health !== 'traffic-port' && !PORTS.includes(health))
        yield say('HealthCheckPort', `The controllers of ${directory} do not answer on ${health}.`);
      if (/^HTTP/.test(text('HealthCheckProtocol') ?? ''))
        yield say('HealthCheckProtocol', `The controllers of ${directory} do not answer to HTTP: check over TCP.`);
      const seen = new Set<string>();
      for (const { index, port: own, path: at } of targets) {
        const number = literal(own);
        if (number !== undefined && !ports.includes(number))
          yield { path: [...at, 'Port'], message: `A controller of ${directory} is asked on ${number}, but ${why}.` };
        if (!['0', '1'].includes(index)) yield { path: at, message: `${directory} has two addresses: 0 and 1.` };
        seen.add(index);
      }
      if (seen.size < 2)
        yield say('Targets', `Only one controller of ${directory} is a target: when it is ill, nobody can log in.`);
    }),
  },
  {
    code: 'PL3139',
    name: 'directory-front',
    message:
      'A load balancer before a directory is open to the internet, or does not reach the controller of the other zone.',
    why: 'Everyone may guess passwords, or each zone fails with its own controller.',
    fix: `Write Scheme: internal, and the attribute ${CROSS_ZONE} with the value true.`,
    url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html',
    bad: [
      front({
        balancer: [
          'Type: network',
          'Scheme: internet-facing # <-',
          `LoadBalancerAttributes: [{ Key: ${CROSS_ZONE}, Value: 'true' }]`,
        ],
      }),
      front({
        balancer: [
          'Type: network',
          'Scheme: internal',
          `LoadBalancerAttributes: [{ Key: ${CROSS_ZONE}, Value: 'false' }] # <-`,
        ],
      }),
    ],
    good: [front({})],
    check: resources(BALANCER, function* (properties, path, model): Generator<Hit> {
      const own = [...listeners(model)].filter(
        (one) => resourceOf(model, one.properties['LoadBalancerArn'], BALANCER) === path[1],
      );
      if (own.length === 0) return;
      if (literal(properties['Scheme'] ?? 'internet-facing') === 'internet-facing')
        yield {
          path: [...path, ...('Scheme' in properties ? ['Scheme'] : [])],
          ...(!('Scheme' in properties) && { part: 'key' as const }),
          message: 'The directory can be asked from the internet.',
        };
      for (const { value, path: at, beside } of valuesAt(properties, 'LoadBalancerAttributes.*.Value', path, new Map()))
        if (beside['Key'] === CROSS_ZONE && literal(value) === 'false')
          yield {
            path: at,
            message: 'Each zone only asks the controller of its own zone: when that is ill, logins fail there.',
          };
    }),
  },
  {
    code: 'PL3140',
    name: 'directory-cross-zone',
    severity: 'warning',
    message: 'A load balancer before a directory does not reach the controller of the other zone.',
    why: 'A network load balancer only asks targets in its own zone by default: each zone fails with its controller.',
    fix: `Add the attribute ${CROSS_ZONE} with the value true.`,
    url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html',
    bad: [
      front({ balancer: ['Type: network', 'Scheme: internal'] }).replace(/(LoadBalancer\n {4}Properties:)/, '$1 # <-'),
    ],
    good: [front({})],
    check: resources(BALANCER, function* (properties, path, model): Generator<Hit> {
      const own = [...listeners(model)].find(
        (one) => resourceOf(model, one.properties['LoadBalancerArn'], BALANCER) === path[1],
      );
      const attributes = [
        properties['LoadBalancerAttributes'],
        own && propertiesOf(model, own.group)['TargetGroupAttributes'],
      ];
      if (own && !attributes.some((one) => JSON.stringify(one ?? '').includes(CROSS_ZONE))) yield { path, part: 'key' };
    }),
  },
];
