import { isList } from '../../../document/intrinsics.ts';
import { resource } from '../base/examples.ts';
import { all, literal, properties, property } from '../base/look.ts';
import type { Rule } from '../base/rule.ts';

const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const ARN = 'arn:aws:elasticloadbalancing:us-west-2:111122223333';
const POLICIES = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/describe-ssl-policies.html';
const REFUSED = 'Elastic Load Balancing refuses it, and the stack rolls back.';
const forward = (to = `'${ARN}:targetgroup/a/b'`): string =>
  `DefaultActions: [{ Type: forward, TargetGroupArn: ${to} }]`;
const listener = (...lines: readonly string[]): string =>
  resource(LISTENER, `LoadBalancerArn: ${ARN}:loadbalancer/net/a/b`, 'Port: 636', ...lines);
const TLS = ['Protocol: TLS', "Certificates: [{ CertificateArn: 'arn:aws:acm:us-west-2:111122223333:certificate/a' }]"];

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

/** TLS of listeners: policies and certificates. */
export const LISTENER_TLS_RULES: readonly Rule[] = [
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
];
