import { has, isList, isObject } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { type Model, objectAt } from '../../model/model.ts';
import { ofType } from '../../model/of-type.ts';
import { several } from '../base/examples.ts';
import { resourceOf } from '../base/given.ts';
import { all, literal, properties, resources, valuesAt } from '../base/look.ts';
import type { Check, Hit, Rule } from '../base/rule.ts';
import { unique } from '../base/unique.ts';
import { defaultRoute } from './default-route.ts';
import { groupsAt, lets, placeOf, tcp } from './security-group-openings.ts';
import { zoneOf } from './zones.ts';

const EC2 = 'AWS::EC2::';
const SUBNET = `${EC2}Subnet`;
const VPC = 'VpcId: vpc-0123456789abcdef0';
const REFUSED = 'EC2 refuses it, and the stack rolls back.';
const ROUTES = 'https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html';
const ENDPOINTS = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html';

const publicNat = (gateway: string, mark: string): string =>
  several({
    Gateway: [`${EC2}InternetGateway`, 'Tags: []'],
    Attachment: [`${EC2}VPCGatewayAttachment`, VPC, 'InternetGatewayId: !Ref Gateway'],
    Other: [`${EC2}NatGateway`, 'SubnetId: subnet-0123456789abcdef0', 'ConnectivityType: private'],
    Table: [`${EC2}RouteTable`, VPC],
    Route: [`${EC2}Route`, 'RouteTableId: !Ref Table', 'DestinationCidrBlock: 0.0.0.0/0', gateway],
    Public: [SUBNET, VPC, 'CidrBlock: 10.0.0.0/24'],
    Association: [`${EC2}SubnetRouteTableAssociation`, 'SubnetId: !Ref Public', 'RouteTableId: !Ref Table'],
    Nat: [`${EC2}NatGateway`, `SubnetId: !Ref Public${mark}`, 'AllocationId: eipalloc-0123456789abcdef0'],
  });
const attached = (lines: Readonly<Record<string, readonly [string, ...string[]]>>, mark = ''): string =>
  several({
    Gateway: [`${EC2}InternetGateway`, 'Tags: []'],
    ...lines,
    Route: [
      `${EC2}Route`,
      'RouteTableId: rtb-0123456789abcdef0',
      'DestinationCidrBlock: 0.0.0.0/0',
      `GatewayId: !Ref Gateway${mark}`,
    ],
  });
const inZones = (other: string, mark = ''): string =>
  several({
    One: [SUBNET, VPC, 'CidrBlock: 10.0.0.0/24', 'AvailabilityZone: us-west-2a'],
    Two: [SUBNET, VPC, 'CidrBlock: 10.0.1.0/24', `AvailabilityZone: ${other}`],
    Front: ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'Type: network', `Subnets: [!Ref One, !Ref Two]${mark}`],
  });
const endpoint = (port: number, mark = ''): string =>
  several({
    Guard: [
      `${EC2}SecurityGroup`,
      'GroupDescription: a',
      VPC,
      `SecurityGroupIngress: [{ IpProtocol: tcp, FromPort: ${port}, ToPort: ${port}, CidrIp: 10.0.0.0/8 }]`,
    ],
    Endpoint: [
      `${EC2}VPCEndpoint`,
      VPC,
      'VpcEndpointType: Interface',
      'ServiceName: com.amazonaws.us-west-2.ssm',
      'SubnetIds: [subnet-0123456789abcdef0]',
      `SecurityGroupIds: [!Ref Guard]${mark}`,
    ],
  });
const zone = (support: string, mark = ''): string =>
  several({
    Vpc: [`${EC2}VPC`, 'CidrBlock: 10.0.0.0/16', `EnableDnsSupport: ${support}${mark}`, 'EnableDnsHostnames: true'],
    Zone: ['AWS::Route53::HostedZone', 'Name: a.example.com', 'VPCs: [{ VPCId: !Ref Vpc, VPCRegion: us-west-2 }]'],
  });

/** Where resources must not have two subnets of one zone. */
function oneEach(type: string, name: string, applies: (beside: Readonly<Record<string, Json>>) => boolean): Check {
  return resources(type, function* (object, path, model, known): Generator<Hit> {
    if (!applies(object)) return;
    const seen = new Map<string, string>();
    for (const { value, path: at } of valuesAt(object, `${name}.*`, path, known)) {
      const one = zoneOf(model, value);
      const first = one && seen.get(one.key);
      if (one && first !== undefined && first !== one.subnet)
        yield { path: at, message: `${first} and ${one.subnet} are in the same availability zone.` };
      if (one) seen.set(one.key, one.subnet);
    }
  });
}

/** Who needs the resolver of a VPC: private zones, and endpoints with private names. */
function* resolverUsers(model: Model): Generator<{ readonly vpc: string; readonly what: string }> {
  for (const id of Object.keys(model.resources)) {
    const { Type, Properties } = objectAt(model.resources, id);
    if (!isObject(Properties)) continue;
    if (Type === 'AWS::Route53::HostedZone')
      for (const { value } of valuesAt(Properties, 'VPCs.*.VPCId', [], new Map())) {
        const vpc = resourceOf(model, value, `${EC2}VPC`);
        if (vpc !== undefined) yield { vpc, what: `the private zone ${id}` };
      }
    const isPrivate = Type === `${EC2}VPCEndpoint` && literal(Properties['PrivateDnsEnabled']) === 'true';
    const vpc = isPrivate ? resourceOf(model, Properties['VpcId'], `${EC2}VPC`) : undefined;
    if (vpc !== undefined) yield { vpc, what: `the endpoint ${id}` };
  }
}

/** Networks: what their parts need of each other. */
export const NETWORK_SETTING_RULES: readonly Rule[] = [
  {
    code: 'PL3127',
    name: 'nat-subnet',
    message: 'A public NAT gateway is in a subnet without a route to an internet gateway.',
    why: 'What it forwards never arrives: nodes have no internet, and their set-up fails.',
    fix: 'Put the NAT gateway into a public subnet.',
    url: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html',
    bad: [publicNat('NatGatewayId: !Ref Other', ' # <-')],
    good: [publicNat('GatewayId: !Ref Gateway', '')],
    check: resources(`${EC2}NatGateway`, function* (object, path, model): Generator<Hit> {
      const subnet = resourceOf(model, object['SubnetId'], SUBNET);
      const found = subnet === undefined ? undefined : defaultRoute(model, subnet);
      if (
        found &&
        has(found.properties, 'NatGatewayId') &&
        literal(object['ConnectivityType'] ?? 'public') === 'public'
      )
        yield {
          path: [...path, 'SubnetId'],
          message: `${subnet} has a route to a NAT gateway, ${found.id}: it is not a public subnet.`,
        };
    }),
  },
  {
    code: 'PL3128',
    name: 'nat-private-address',
    message: 'A private NAT gateway cannot have an address of the internet.',
    why: REFUSED,
    fix: 'Delete AllocationId, or ConnectivityType.',
    url: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNatGateway.html',
    bad: [
      several({
        Nat: [
          `${EC2}NatGateway`,
          'SubnetId: subnet-0123456789abcdef0',
          'ConnectivityType: private',
          'AllocationId: eipalloc-0123456789abcdef0 # <-',
        ],
      }),
    ],
    good: [several({ Nat: [`${EC2}NatGateway`, 'SubnetId: subnet-0123456789abcdef0', 'ConnectivityType: private'] })],
    check: properties(`${EC2}NatGateway`, ['AllocationId', 'ConnectivityType'], ({ AllocationId, ConnectivityType }) =>
      AllocationId !== undefined && ConnectivityType === 'private' ? 'AllocationId' : undefined,
    ),
  },
  {
    code: 'PL3129',
    name: 'gateway-attachment',
    message: 'An internet gateway is not attached to a VPC as its route needs it.',
    why: REFUSED,
    fix: 'Add AWS::EC2::VPCGatewayAttachment with VpcId and the gateway.',
    url: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpcgatewayattachment.html',
    bad: [
      attached({}, ' # <-'),
      several({ Attachment: [`${EC2}VPCGatewayAttachment`, VPC] }).replace('Properties:', 'Properties: # <-'),
    ],
    good: [attached({ Attachment: [`${EC2}VPCGatewayAttachment`, VPC, 'InternetGatewayId: !Ref Gateway'] })],
    check: all(
      properties(
        `${EC2}VPCGatewayAttachment`,
        ['InternetGatewayId', 'VpnGatewayId'],
        ({ InternetGatewayId, VpnGatewayId }) =>
          InternetGatewayId === undefined && VpnGatewayId === undefined
            ? ['InternetGatewayId', 'The attachment needs InternetGatewayId or VpnGatewayId.']
            : undefined,
      ),
      resources(`${EC2}Route`, function* (object, path, model): Generator<Hit> {
        const gateway = resourceOf(model, object['GatewayId'], `${EC2}InternetGateway`);
        const isAttached = ofType(model, `${EC2}VPCGatewayAttachment`).some(
          ({ properties: { InternetGatewayId: own } }) =>
            own === undefined ||
            resourceOf(model, own, `${EC2}InternetGateway`) === gateway ||
            (isObject(own) && 'Fn::If' in own),
        );
        if (gateway !== undefined && !isAttached)
          yield { path: [...path, 'GatewayId'], message: `${gateway} is not attached to a VPC.` };
      }),
    ),
  },
  {
    code: 'PL3130',
    name: 'route-twice',
    message: 'Two routes of a route table have the same destination.',
    why: REFUSED,
    fix: 'Keep one.',
    url: ROUTES,
    bad: [
      several({
        One: [
          `${EC2}Route`,
          'RouteTableId: rtb-0123456789abcdef0',
          'DestinationCidrBlock: 0.0.0.0/0',
          'GatewayId: igw-0123456789abcdef0',
        ],
        Other: [
          `${EC2}Route`,
          'RouteTableId: rtb-0123456789abcdef0 # <-',
          'DestinationCidrBlock: 0.0.0.0/0',
          'NatGatewayId: nat-0123456789abcdef0',
        ],
      }),
    ],
    good: [
      several({
        One: [
          `${EC2}Route`,
          'RouteTableId: rtb-0123456789abcdef0',
          'DestinationCidrBlock: 0.0.0.0/0',
          'GatewayId: igw-0123456789abcdef0',
        ],
        Other: [
          `${EC2}Route`,
          'RouteTableId: rtb-0123456789abcdef1',
          'DestinationCidrBlock: 0.0.0.0/0',
          'NatGatewayId: nat-0123456789abcdef0',
        ],
      }),
    ],
    check: unique(
      `${EC2}Route`,
      ['RouteTableId', 'DestinationCidrBlock'],
      (first) => `${first} is a route of the same table to the same destination.`,
    ),
  },
  {
    code: 'PL3131',
    name: 'one-subnet-each-zone',
    message: 'Two subnets are in the same availability zone, where one of each zone may be named.',
    why: 'The service refuses it, and the stack rolls back.',
    fix: 'Name one subnet of each zone.',
    url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html',
    bad: [inZones('us-west-2a', ' # <-')],
    good: [inZones('us-west-2b')],
    check: all(
      oneEach('AWS::ElasticLoadBalancingV2::LoadBalancer', 'Subnets', () => true),
      oneEach(`${EC2}VPCEndpoint`, 'SubnetIds', ({ VpcEndpointType }) => VpcEndpointType === 'Interface'),
    ),
  },
  {
    code: 'PL3132',
    name: 'gateway-endpoint-service',
    message: 'Only S3 and DynamoDB have gateway endpoints.',
    why: REFUSED,
    fix: 'Write VpcEndpointType: Interface, with subnets and security groups.',
    url: ENDPOINTS,
    bad: [
      several({
        Endpoint: [
          `${EC2}VPCEndpoint`,
          VPC,
          'ServiceName: !Sub com.amazonaws.${AWS::Region}.ssm # <-',
          'VpcEndpointType: Gateway',
        ],
      }),
    ],
    good: [
      several({
        Endpoint: [
          `${EC2}VPCEndpoint`,
          VPC,
          'ServiceName: !Sub com.amazonaws.${AWS::Region}.s3',
          'VpcEndpointType: Gateway',
        ],
      }),
    ],
    check: properties(
      `${EC2}VPCEndpoint`,
      ['ServiceName', 'VpcEndpointType'],
      ({ ServiceName, VpcEndpointType = 'Gateway' }) => {
        const text = literal(ServiceName) ?? (isObject(ServiceName) ? literal(ServiceName['Fn::Sub']) : undefined);
        return VpcEndpointType === 'Gateway' &&
          text !== undefined &&
          /^com\.amazonaws\.(?!vpce\.)/.test(text) &&
          !/\.(?:s3|dynamodb|\$\{\w+\})$/.test(text)
          ? ['ServiceName', `${text.split('.').slice(-1)[0]} has no gateway endpoint: only S3 and DynamoDB have.`]
          : undefined;
      },
    ),
  },
  {
    code: 'PL3133',
    name: 'endpoint-port',
    severity: 'warning',
    message: 'The security groups of an interface endpoint do not let HTTPS in.',
    why: 'Nobody reaches the endpoint, and with private names not the service either.',
    fix: 'Let TCP 443 in from the network.',
    url: 'https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html',
    bad: [endpoint(80, ' # <-')],
    good: [endpoint(443)],
    check: resources(`${EC2}VPCEndpoint`, function* (object, path, model): Generator<Hit> {
      if (literal(object['VpcEndpointType']) !== 'Interface') return;
      const groups = groupsAt(model, object, 'SecurityGroupIds');
      if (groups && !lets(model, groups, 'Ingress', tcp(443)))
        yield {
          path: placeOf(object, path, 'SecurityGroupIds'),
          message: `${groups.join(', ')} does not let TCP 443 in.`,
          // The nodes of a cluster are then cut off from the service: its name leads to the endpoint alone.
          ...(literal(object['PrivateDnsEnabled']) === 'true' &&
            ofType(model, 'AWS::SageMaker::Cluster').length > 0 && { severity: 'error' as const }),
        };
    }),
  },
  {
    code: 'PL3134',
    name: 'resolver-off',
    message: 'A VPC is without the resolver that its private names need.',
    why: 'The names of private zones and of endpoints are not found in the VPC.',
    fix: 'Set EnableDnsSupport and EnableDnsHostnames to true.',
    url: 'https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html',
    bad: [zone('false', ' # <-')],
    good: [zone('true')],
    check: resources(`${EC2}VPC`, function* (object, path, model): Generator<Hit> {
      const user = [...resolverUsers(model)].find(({ vpc }) => vpc === path[1]);
      if (!user) return;
      for (const name of ['EnableDnsSupport', 'EnableDnsHostnames'])
        if (literal(object[name]) === 'false')
          yield { path: [...path, name], message: `${name} is off, but ${user.what} needs it.` };
    }),
  },
  {
    code: 'PL3135',
    name: 'dhcp-options',
    message: 'A set of DHCP options has nothing in it, or more than four servers of a kind.',
    why: REFUSED,
    fix: 'Write at least one option, and at most four servers of each kind.',
    url: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateDhcpOptions.html',
    bad: [
      several({
        Options: [`${EC2}DHCPOptions`, 'DomainNameServers: [10.0.0.2, 10.0.0.3, 10.0.0.4, 10.0.0.5, 10.0.0.6] # <-'],
      }),
      several({ Options: [`${EC2}DHCPOptions`, 'Tags: []'] }).replace('Properties:', 'Properties: # <-'),
    ],
    good: [several({ Options: [`${EC2}DHCPOptions`, 'DomainName: example.com'] })],
    check: properties(
      `${EC2}DHCPOptions`,
      [
        'DomainName',
        'DomainNameServers',
        'NtpServers',
        'NetbiosNameServers',
        'NetbiosNodeType',
        'Ipv6AddressPreferredLeaseTime',
      ],
      (values) => {
        if (Object.values(values).every((one) => one === undefined)) return ['DomainName', 'The set has no option.'];
        const long = (['DomainNameServers', 'NtpServers', 'NetbiosNameServers'] as const).find(
          (name) => isList(values[name]) && values[name].length > 4,
        );
        return long && [long, `${long} has more than four servers.`];
      },
    ),
  },
];
