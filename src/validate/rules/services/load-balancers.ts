import { isList, isObject, ownEntry } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import type { Model } from '../../model/model.ts';
import { propertiesOf } from '../../model/of-type.ts';
import { resource, several } from '../base/examples.ts';
import { resourceOf } from '../base/given.ts';
import { literal, pair, properties } from '../base/look.ts';
import type { Rule } from '../base/rule.ts';

const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const LISTENERS = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html';
const REFUSED = 'Elastic Load Balancing refuses the listener.';
const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const ARN = 'arn:aws:elasticloadbalancing:us-west-2:111122223333';
const CERTIFICATE = 'arn:aws:acm:us-west-2:111122223333:certificate/a';
const listener = (...lines: readonly string[]): string =>
  resource(
    LISTENER,
    ...[`LoadBalancerArn: ${ARN}:loadbalancer/net/a/b`, 'Port: 636', ...lines],
    ...['DefaultActions:', `  - { Type: forward, TargetGroupArn: '${ARN}:targetgroup/a/b' }`],
  );

const front = (type: string, protocol: string): string =>
  several({
    Front: [BALANCER, `Type: ${type}`, 'Subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]'],
    Example: [
      LISTENER,
      ...['LoadBalancerArn: !Ref Front', 'Port: 80', `Protocol: ${protocol}`],
      `DefaultActions: [{ Type: forward, TargetGroupArn: '${ARN}:targetgroup/a/b' }]`,
    ],
  });

const ENDS_TLS: readonly string[] = ['TLS', 'HTTPS'];

/** The protocols of listeners by the type of the load balancer. */
const PROTOCOLS: Readonly<Record<string, readonly string[]>> = {
  application: ['HTTP', 'HTTPS'],
  network: ['TCP', 'TLS', 'UDP', 'TCP_UDP', 'QUIC', 'TCP_QUIC'],
};

/** What actions need, by their type: one of these. */
const ACTIONS: Readonly<
  Record<string, readonly ['TargetGroupArn' | 'RedirectConfig' | 'FixedResponseConfig', ...'ForwardConfig'[]]>
> = {
  forward: ['TargetGroupArn', 'ForwardConfig'],
  redirect: ['RedirectConfig'],
  'fixed-response': ['FixedResponseConfig'],
};

/** The type of the load balancer that a value refers to: `unknown` of one outside the template, undefined of a computed one. */
export function balancerType(model: Model, value: Json | undefined): string | undefined {
  const id = resourceOf(model, value, BALANCER);
  if (id === undefined) return 'unknown';
  const { Type = 'application' } = propertiesOf(model, id);
  return literal(Type);
}

/** Load balancers and their listeners. */
export const LOAD_BALANCER_RULES: readonly Rule[] = [
  {
    code: 'E3676',
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
    instead: 'schema',
    check: pair(
      LISTENER,
      'Protocol',
      'Certificates',
      (protocol, certificates) => ENDS_TLS.includes(literal(protocol) ?? '') && certificates === undefined,
    ),
  },
  {
    code: 'PL3056',
    name: 'listener-tls',
    message: 'Only a listener that ends TLS can have a certificate or a TLS policy.',
    why: REFUSED,
    fix: 'Delete it, or set Protocol to TLS or HTTPS.',
    url: LISTENERS,
    bad: [
      listener('Protocol: TCP', 'SslPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06 # <-'),
      listener('Protocol: TCP', `Certificates: [{ CertificateArn: '${CERTIFICATE}' }] # <-`),
    ],
    good: [listener('Protocol: TLS', `Certificates: [{ CertificateArn: '${CERTIFICATE}' }]`)],
    check: properties(LISTENER, ['Protocol', 'SslPolicy', 'Certificates'], ({ Protocol, SslPolicy, Certificates }) => {
      const protocol = literal(Protocol);
      if (protocol === undefined || ENDS_TLS.includes(protocol)) return undefined;
      const name = SslPolicy !== undefined ? 'SslPolicy' : Certificates !== undefined ? 'Certificates' : undefined;
      return name && [name, `A listener of protocol ${protocol} cannot have ${name}.`];
    }),
  },
  {
    code: 'PL3067',
    name: 'listener-port',
    message: 'A listener needs Port and Protocol.',
    why: 'Elastic Load Balancing refuses the listener. Only those of a Gateway Load Balancer have neither.',
    fix: 'Add both.',
    url: LISTENERS,
    bad: [
      listener()
        .replace(/ +Port: 636\n/, '')
        .replace('Properties:', 'Properties: # <-'),
      listener().replace('Properties:', 'Properties: # <-'),
    ],
    good: [
      listener('Protocol: TCP'),
      several({
        Front: [BALANCER, 'Type: gateway', 'Subnets: [subnet-0123456789abcdef0]'],
        Example: [
          LISTENER,
          'LoadBalancerArn: !Ref Front',
          `DefaultActions: [{ Type: forward, TargetGroupArn: '${ARN}:targetgroup/a/b' }]`,
        ],
      }),
    ],
    check: properties(
      LISTENER,
      ['Port', 'Protocol', 'LoadBalancerArn'],
      ({ Port, Protocol, LoadBalancerArn }, model) => {
        const type = balancerType(model, LoadBalancerArn);
        if (type === undefined || type === 'gateway') return undefined;
        const name = Port === undefined ? 'Port' : Protocol === undefined ? 'Protocol' : undefined;
        return name && [name, `The listener needs ${name}.`];
      },
    ),
  },
  {
    code: 'PL3068',
    name: 'listener-protocol',
    message: 'A load balancer of this type does not have listeners of this protocol.',
    why: REFUSED,
    fix: 'An application load balancer has HTTP and HTTPS; a network load balancer TCP, TLS, UDP and TCP_UDP.',
    url: LISTENERS,
    bad: [front('network', 'HTTP # <-'), front('application', 'TCP # <-')],
    good: [front('network', 'TCP'), front('application', 'HTTP')],
    check: properties(LISTENER, ['Protocol', 'LoadBalancerArn'], ({ Protocol, LoadBalancerArn }, model) => {
      const type = balancerType(model, LoadBalancerArn);
      const known = ownEntry(PROTOCOLS, type);
      const protocol = literal(Protocol);
      if (protocol === undefined || !known || known.includes(protocol)) return undefined;
      return [
        'Protocol',
        `A listener of a load balancer of type ${type} must have one of ${known.join(', ')}, not ${protocol}.`,
      ];
    }),
  },
  {
    code: 'PL3089',
    name: 'listener-action',
    message: 'An action of a listener needs the property of its type.',
    why: REFUSED,
    fix: 'Add TargetGroupArn to forward, RedirectConfig to redirect, FixedResponseConfig to fixed-response.',
    url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Action.html',
    bad: [
      resource(
        LISTENER,
        `LoadBalancerArn: ${ARN}:loadbalancer/net/a/b`,
        'Port: 636',
        'Protocol: TCP',
        'DefaultActions: [{ Type: forward }] # <-',
      ),
    ],
    good: [listener('Protocol: TCP')],
    check: properties(
      [`${LISTENER}/DefaultActions.*`, 'AWS::ElasticLoadBalancingV2::ListenerRule/Actions.*'],
      ['Type', 'TargetGroupArn', 'ForwardConfig', 'RedirectConfig', 'FixedResponseConfig'],
      ({ Type, ...values }) => {
        const names = ownEntry(ACTIONS, literal(Type));
        return !names || names.some((name) => values[name] !== undefined)
          ? undefined
          : [names[0], `An action of type ${literal(Type)} needs ${names.join(' or ')}.`];
      },
    ),
  },
  {
    code: 'E3680',
    name: 'balancer-subnets',
    message: 'An application load balancer needs two subnets, in different availability zones.',
    why: 'Elastic Load Balancing refuses the load balancer.',
    fix: 'Name two subnets in two zones.',
    url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html',
    bad: [resource(BALANCER, 'Subnets: [subnet-0123456789abcdef0] # <-')],
    good: [
      resource(BALANCER, 'Subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]'),
      resource(BALANCER, 'Type: network', 'Subnets: [subnet-0123456789abcdef0]'),
    ],
    instead: 'schema',
    check: properties(BALANCER, ['Subnets', 'SubnetMappings', 'Type'], ({ Type = 'application', ...subnets }) => {
      if (Type !== 'application') return undefined;
      return (['Subnets', 'SubnetMappings'] as const).find(
        (name) =>
          isList(subnets[name]) &&
          subnets[name].length < 2 &&
          !subnets[name].some((one) => isObject(one) && ('Fn::Split' in one || 'Fn::Transform' in one)),
      );
    }),
  },
];
