import { has, isObject } from '../../../document/intrinsics.ts';
import { ofType } from '../../model/of-type.ts';
import { several } from '../base/examples.ts';
import { resourceOf } from '../base/given.ts';
import { all, literal, properties, resources } from '../base/look.ts';
import type { Hit, Rule } from '../base/rule.ts';
import { unique } from '../base/unique.ts';
import { resourcePage } from '../base/urls.ts';
import { defaultRoute } from './default-route.ts';

const EC2 = 'AWS::EC2::';
const SUBNET = `${EC2}Subnet`;
const VPC = 'VpcId: vpc-0123456789abcdef0';
const REFUSED = 'EC2 refuses it, and the stack rolls back.';
const ROUTES = 'https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html';

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

/** NAT and internet gateways, and the routes to them. */
export const GATEWAY_RULES: readonly Rule[] = [
  {
    code: 'PL3127',
    name: 'nat-subnet',
    severity: 'warning',
    message: 'A public NAT gateway is in a subnet without a route to an internet gateway.',
    why: 'AWS makes it, but what it forwards never arrives: beside a cluster it is an error, as nodes could not be set up.',
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
          // Nodes of a cluster have no other way out.
          ...(ofType(model, 'AWS::SageMaker::Cluster').length > 0 && { severity: 'error' as const }),
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
    url: resourcePage('aws-resource-ec2-vpcgatewayattachment'),
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
];
