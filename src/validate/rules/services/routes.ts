import { isList } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { resource } from '../base/examples.ts';
import { all, literal, properties } from '../base/look.ts';
import type { Check, Rule } from '../base/rule.ts';
import { resourcePage } from '../base/urls.ts';

const REFUSED = 'EC2 refuses it, and the stack rolls back.';
const route = (...lines: readonly string[]): string =>
  resource('AWS::EC2::Route', 'RouteTableId: rtb-0123456789abcdef0', ...lines);
const endpoint = (...lines: readonly string[]): string =>
  resource('AWS::EC2::VPCEndpoint', 'VpcId: vpc-0123456789abcdef0', ...lines);

const DESTINATIONS = ['DestinationCidrBlock', 'DestinationIpv6CidrBlock', 'DestinationPrefixListId'];
const TARGETS = [
  'CarrierGatewayId',
  'CoreNetworkArn',
  'EgressOnlyInternetGatewayId',
  'GatewayId',
  'InstanceId',
  'LocalGatewayId',
  'NatGatewayId',
  'NetworkInterfaceId',
  'OdbNetworkArn',
  'TransitGatewayId',
  'VpcEndpointId',
  'VpcPeeringConnectionId',
];

/** Looks for resources that have none of several properties, or more than one. */
function one(type: string, names: readonly string[], what: string): Check {
  return properties(type, names, (values) => {
    const there = names.filter((name) => values[name] !== undefined);
    if (there.length === 1) return undefined;
    if (there.length === 0) return [names[0]!, `The route needs a ${what}.`];
    return [
      there[1]!,
      {
        message: `The route has two of what can be its ${what}: ${there.slice(0, 2).join(' and ')}.`,
        hint: 'Keep one.',
      },
    ];
  });
}

function isEmpty(value: Json | undefined): boolean {
  return isList(value) && value.length === 0;
}

/** Routes, NAT gateways and VPC endpoints. */
export const ROUTE_RULES: readonly Rule[] = [
  {
    code: 'PL3063',
    name: 'route-target',
    message: 'A route needs one destination and one target.',
    why: REFUSED,
    fix: 'Add where the traffic goes, for example GatewayId or NatGatewayId.',
    url: resourcePage('aws-resource-ec2-route'),
    bad: [
      route('DestinationCidrBlock: 0.0.0.0/0').replace('Properties:', 'Properties: # <-'),
      route('GatewayId: igw-0123456789abcdef0').replace('Properties:', 'Properties: # <-'),
      route(
        'DestinationCidrBlock: 0.0.0.0/0',
        'GatewayId: igw-0123456789abcdef0',
        'NatGatewayId: nat-0123456789abcdef0 # <-',
      ),
    ],
    good: [route('DestinationCidrBlock: 0.0.0.0/0', 'GatewayId: igw-0123456789abcdef0')],
    check: all(one('AWS::EC2::Route', DESTINATIONS, 'destination'), one('AWS::EC2::Route', TARGETS, 'target')),
  },
  {
    code: 'PL3064',
    name: 'nat-address',
    message: 'A public NAT gateway needs an address.',
    why: REFUSED,
    fix: 'Add AllocationId: !GetAtt Address.AllocationId, or ConnectivityType: private.',
    url: resourcePage('aws-resource-ec2-natgateway'),
    bad: [
      resource('AWS::EC2::NatGateway', 'SubnetId: subnet-0123456789abcdef0').replace('Properties:', 'Properties: # <-'),
    ],
    good: [
      resource(
        'AWS::EC2::NatGateway',
        'SubnetId: subnet-0123456789abcdef0',
        'AllocationId: eipalloc-0123456789abcdef0',
      ),
      resource('AWS::EC2::NatGateway', 'SubnetId: subnet-0123456789abcdef0', 'ConnectivityType: private'),
    ],
    check: properties(
      'AWS::EC2::NatGateway',
      ['AllocationId', 'ConnectivityType', 'AvailabilityMode', 'AvailabilityZoneAddresses'],
      ({ AllocationId, ConnectivityType = 'public', AvailabilityMode, AvailabilityZoneAddresses }) =>
        ConnectivityType === 'public' &&
        [AllocationId, AvailabilityMode, AvailabilityZoneAddresses].every((value) => value === undefined)
          ? 'AllocationId'
          : undefined,
    ),
  },
  {
    code: 'PL3065',
    name: 'endpoint-service',
    message: 'A VPC endpoint needs ServiceName.',
    why: REFUSED,
    fix: 'Add ServiceName, for example !Sub com.amazonaws.${AWS::Region}.s3.',
    url: resourcePage('aws-resource-ec2-vpcendpoint'),
    bad: [endpoint('VpcEndpointType: Gateway').replace('Properties:', 'Properties: # <-')],
    good: [
      endpoint('VpcEndpointType: Gateway', 'ServiceName: com.amazonaws.us-west-2.s3'),
      endpoint(
        'VpcEndpointType: Resource',
        'ResourceConfigurationArn: arn:aws:vpc-lattice:us-west-2:111122223333:resourceconfiguration/a',
      ),
    ],
    check: properties(
      'AWS::EC2::VPCEndpoint',
      ['ServiceName', 'VpcEndpointType'],
      ({ ServiceName, VpcEndpointType = 'Gateway' }) =>
        ServiceName === undefined &&
        ['Gateway', 'Interface', 'GatewayLoadBalancer'].includes(literal(VpcEndpointType) ?? '')
          ? 'ServiceName'
          : undefined,
    ),
  },
  {
    code: 'PL3066',
    name: 'endpoint-kind',
    message: 'A VPC endpoint has a property that its kind does not have.',
    why: REFUSED,
    fix: 'A gateway endpoint has RouteTableIds; an interface endpoint has SubnetIds, SecurityGroupIds and PrivateDnsEnabled.',
    url: resourcePage('aws-resource-ec2-vpcendpoint'),
    bad: [
      endpoint('ServiceName: com.amazonaws.us-west-2.s3', 'SubnetIds: [subnet-0123456789abcdef0] # <-'),
      endpoint(
        'ServiceName: com.amazonaws.us-west-2.ssm',
        'VpcEndpointType: Interface',
        'RouteTableIds: [rtb-0123456789abcdef0] # <-',
      ),
    ],
    good: [
      endpoint('ServiceName: com.amazonaws.us-west-2.s3', 'RouteTableIds: [rtb-0123456789abcdef0]'),
      endpoint(
        'ServiceName: com.amazonaws.us-west-2.ssm',
        'VpcEndpointType: Interface',
        'SubnetIds: [subnet-0123456789abcdef0]',
      ),
    ],
    check: properties(
      'AWS::EC2::VPCEndpoint',
      ['VpcEndpointType', 'RouteTableIds', 'SubnetIds', 'SecurityGroupIds', 'PrivateDnsEnabled'],
      ({ VpcEndpointType: kind = 'Gateway', ...values }) => {
        const foreign: readonly (keyof typeof values)[] =
          kind === 'Gateway'
            ? ['SubnetIds', 'SecurityGroupIds', 'PrivateDnsEnabled']
            : kind === 'Interface'
              ? ['RouteTableIds']
              : [];
        const name = foreign.find((one) => values[one] !== undefined && values[one] !== false && !isEmpty(values[one]));
        return name && [name, `A VPC endpoint of type ${String(kind)} cannot have ${name}.`];
      },
    ),
  },
];
