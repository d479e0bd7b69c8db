import { nearest } from '../../../diagnostics/nearest.ts';
import { resource, several } from '../base/examples.ts';
import { resourceOf } from '../base/given.ts';
import { literal, properties, property, resources, valuesAt } from '../base/look.ts';
import type { Rule } from '../base/rule.ts';
import { resourcePage } from '../base/urls.ts';

const GROUP = 'AWS::EC2::SecurityGroup';
const RULES = [
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::SecurityGroupEgress',
  `${GROUP}/SecurityGroupIngress.*`,
  `${GROUP}/SecurityGroupEgress.*`,
];
const URL = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html';
const REFUSED = 'EC2 refuses the rule, and the stack rolls back.';
const rule = (...lines: readonly string[]): string =>
  resource('AWS::EC2::SecurityGroupIngress', 'GroupId: sg-0123456789abcdef0', 'CidrIp: 10.0.0.0/8', ...lines);
const inGroup = (ports: string): string =>
  resource(
    GROUP,
    'GroupDescription: a',
    'VpcId: vpc-0123456789abcdef0',
    'SecurityGroupIngress:',
    `  - { IpProtocol: tcp, ${ports}, CidrIp: 10.0.0.0/8 } # <-`,
  );

const WITH_PORTS = ['tcp', 'udp', '6', '17'];
const PROTOCOL_NAMES = ['tcp', 'udp', 'icmp', 'icmpv6'];
const NAMES = ['IpProtocol', 'FromPort', 'ToPort'] as const;
const portOf = (value: Parameters<typeof literal>[0]): number => Number(literal(value) ?? Number.NaN);

/** Types that take the ids of security groups, with the property that lists them. */
const USERS = [
  ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'SecurityGroups.*'],
  ['AWS::Lambda::Function', 'VpcConfig.SecurityGroupIds.*'],
  ['AWS::EC2::VPCEndpoint', 'SecurityGroupIds.*'],
  ['AWS::EC2::Instance', 'SecurityGroupIds.*'],
  ['AWS::EC2::NetworkInterface', 'GroupSet.*'],
  ['AWS::EFS::MountTarget', 'SecurityGroups.*'],
  ['AWS::FSx::FileSystem', 'SecurityGroupIds.*'],
  ['AWS::SageMaker::Cluster', 'VpcConfig.SecurityGroupIds.*'],
] as const;

/** Security groups and their rules. */
export const SECURITY_GROUP_RULES: readonly Rule[] = [
  {
    code: 'E3687',
    name: 'ports',
    message: 'A rule of a security group for TCP or UDP needs FromPort and ToPort.',
    why: REFUSED,
    fix: 'Add both ports: the same number twice for one port.',
    url: URL,
    bad: [
      rule('IpProtocol: tcp').replace('Properties:', 'Properties: # <-'),
      rule('IpProtocol: udp', 'FromPort: 53').replace('Properties:', 'Properties: # <-'),
    ],
    good: [rule('IpProtocol: tcp', 'FromPort: 389', 'ToPort: 389'), rule("IpProtocol: '-1'")],
    instead: 'schema',
    check: properties(RULES, NAMES, ({ IpProtocol, FromPort, ToPort }) => {
      if (!WITH_PORTS.includes((literal(IpProtocol) ?? '').toLowerCase())) return undefined;
      const missing = FromPort === undefined ? 'FromPort' : ToPort === undefined ? 'ToPort' : undefined;
      return missing && [missing, `A rule for ${literal(IpProtocol)} needs ${missing}.`];
    }),
  },
  {
    code: 'W3687',
    name: 'ports-without-use',
    message: 'A rule for all protocols has ports, which are ignored.',
    why: 'The rule opens every port, not only these.',
    fix: 'Write the protocol, or delete the ports.',
    url: URL,
    bad: [rule("IpProtocol: '-1'", 'FromPort: 389 # <-', 'ToPort: 389')],
    good: [rule('IpProtocol: tcp', 'FromPort: 389', 'ToPort: 389'), rule("IpProtocol: '-1'")],
    instead: 'schema',
    check: properties(RULES, NAMES, ({ IpProtocol, FromPort }) =>
      literal(IpProtocol) === '-1' && portOf(FromPort) > 0 ? 'FromPort' : undefined,
    ),
  },
  {
    code: 'PL3061',
    name: 'port-range',
    message: 'The ports of a rule must be 0 to 65535, FromPort not above ToPort.',
    why: REFUSED,
    fix: 'Write the lower port as FromPort.',
    url: URL,
    bad: [
      rule('IpProtocol: tcp', 'FromPort: 700 # <-', 'ToPort: 600'),
      rule('IpProtocol: tcp', 'FromPort: 636', 'ToPort: 65536 # <-'),
      inGroup('FromPort: 700, ToPort: 600'),
    ],
    good: [
      rule('IpProtocol: tcp', 'FromPort: 0', 'ToPort: 65535'),
      rule('IpProtocol: icmp', 'FromPort: 8', 'ToPort: -1'),
    ],
    check: properties(RULES, NAMES, ({ IpProtocol, FromPort, ToPort }) => {
      if (!WITH_PORTS.includes((literal(IpProtocol) ?? '').toLowerCase())) return undefined;
      const [from, to] = [portOf(FromPort), portOf(ToPort)];
      if (from > 65_535) return ['FromPort', `FromPort must be 65535 or less, not ${from}.`];
      if (to > 65_535) return ['ToPort', `ToPort must be 65535 or less, not ${to}.`];
      return from > to ? ['FromPort', `FromPort must not be above ToPort: ${from} is above ${to}.`] : undefined;
    }),
  },
  {
    code: 'PL3091',
    name: 'ip-protocol',
    message: 'The protocol of a rule is misspelt.',
    why: REFUSED,
    fix: "Write tcp, udp, icmp, icmpv6, '-1' for all, or the number of the protocol.",
    url: URL,
    bad: [rule('IpProtocol: tpc # <-', 'FromPort: 389', 'ToPort: 389')],
    good: [rule('IpProtocol: TCP', 'FromPort: 389', 'ToPort: 389'), rule('IpProtocol: 50')],
    check: property(RULES, 'IpProtocol', (value) => {
      const name = literal(value)?.toLowerCase();
      if (name === undefined || PROTOCOL_NAMES.includes(name)) return false;
      const near = nearest(name, PROTOCOL_NAMES);
      return (
        near !== undefined &&
        /^[a-z]/.test(name) && { message: `${name} is not a protocol.`, hint: `Did you mean ${near}?` }
      );
    }),
  },
  {
    code: 'PL3062',
    name: 'group-without-vpc',
    severity: 'warning',
    message: 'A security group without VpcId is used where the id of a group is needed.',
    why: 'It is created in the default VPC: an account may have none, and the resource that uses the group is in another.',
    fix: 'Add VpcId to the group.',
    url: resourcePage('aws-resource-ec2-securitygroup'),
    bad: [
      several({
        Guard: [GROUP, 'GroupDescription: a'],
        Front: [
          'AWS::ElasticLoadBalancingV2::LoadBalancer',
          'Subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]',
          'SecurityGroups: [!Ref Guard] # <-',
        ],
      }),
    ],
    good: [
      several({
        Guard: [GROUP, 'GroupDescription: a', 'VpcId: vpc-0123456789abcdef0'],
        Front: [
          'AWS::ElasticLoadBalancingV2::LoadBalancer',
          'Subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]',
          'SecurityGroups: [!Ref Guard]',
        ],
      }),
    ],
    *check(model) {
      for (const [type, name] of USERS)
        yield* resources(type, function* (object, path, _, known) {
          for (const { value, path: at } of valuesAt(object, name, path, known)) {
            const group = resourceOf(model, value, GROUP);
            const { Properties } = (group === undefined ? {} : model.resources[group]) as { Properties?: object };
            if (group !== undefined && !('VpcId' in (Properties ?? {})))
              yield { path: at, message: `The security group ${group} has no VpcId, but its id is needed here.` };
          }
        })(model);
    },
  },
];
