import {
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
  type RouteTable,
} from '@aws-sdk/client-ec2';
import type { Clients } from '../clients.ts';
import type { WantedNetwork } from '../wanted.ts';

/** A VPC that exists, as far as a launch depends on it. */
export interface Network {
  readonly cidr: string;
  readonly tenancy: string;
  readonly dnsSupport: boolean;
  readonly dnsHostnames: boolean;
  readonly subnets: readonly Subnet[];
  /** The VPC's endpoints that are there. */
  readonly endpoints: readonly Endpoint[];
}

export interface Subnet {
  readonly id: string;
  readonly vpcId: string;
  readonly zoneId: string;
  /** Where 0.0.0.0/0 leads: `nat-…`, `igw-…`, another id; empty for nowhere. */
  readonly defaultRoute: string;
  readonly routeTableId: string;
}

export interface Endpoint {
  /** Without region: `s3`, `secretsmanager`, `ds`. */
  readonly service: string;
  readonly kind: string;
  readonly privateDns: boolean;
  readonly routeTableIds: readonly string[];
}

/** Describes the VPC and the two subnets. Throws where one of them is not there. */
export async function askNetwork({ ec2 }: Clients, wanted: WantedNetwork, stop: AbortSignal): Promise<Network> {
  const options = { abortSignal: stop };
  const { vpcId: VpcId } = wanted;
  const inVpc = [{ Name: 'vpc-id', Values: [VpcId] }];
  const attribute = (Attribute: 'enableDnsSupport' | 'enableDnsHostnames') =>
    ec2.send(new DescribeVpcAttributeCommand({ VpcId, Attribute }), options);
  const [vpcs, support, hostnames, subnets, tables, endpoints] = await Promise.all([
    ec2.send(new DescribeVpcsCommand({ VpcIds: [VpcId] }), options),
    attribute('enableDnsSupport'),
    attribute('enableDnsHostnames'),
    ec2.send(new DescribeSubnetsCommand({ SubnetIds: [...wanted.subnets] }), options),
    ec2.send(new DescribeRouteTablesCommand({ Filters: inVpc }), options),
    ec2.send(new DescribeVpcEndpointsCommand({ Filters: inVpc }), options),
  ]);
  const [vpc] = vpcs.Vpcs!;
  return {
    cidr: vpc!.CidrBlock ?? '',
    tenancy: vpc!.InstanceTenancy ?? 'default',
    dnsSupport: support.EnableDnsSupport?.Value ?? false,
    dnsHostnames: hostnames.EnableDnsHostnames?.Value ?? false,
    subnets: wanted.subnets.map((id) => {
      const { VpcId: vpcId = '', AvailabilityZoneId: zoneId = '' } = subnets.Subnets!.find(
        ({ SubnetId }) => SubnetId === id,
      )!;
      return { id, vpcId, zoneId, ...routesOf(id, tables.RouteTables ?? []) };
    }),
    endpoints: (endpoints.VpcEndpoints ?? [])
      .filter(({ State }) => State?.toLowerCase() === 'available')
      .map(({ ServiceName = '', VpcEndpointType = '', PrivateDnsEnabled = false, RouteTableIds = [] }) => ({
        service: ServiceName.split('.').at(-1)!,
        kind: VpcEndpointType,
        privateDns: PrivateDnsEnabled,
        routeTableIds: RouteTableIds,
      })),
  };
}

/** A subnet without a table of its own has the VPC's main one. */
function routesOf(subnetId: string, tables: readonly RouteTable[]) {
  const has = (test: (association: NonNullable<RouteTable['Associations']>[number]) => boolean) =>
    tables.find(({ Associations = [] }) => Associations.some(test));
  const table = has(({ SubnetId }) => SubnetId === subnetId) ?? has(({ Main }) => Main === true);
  const route = table?.Routes?.find(
    ({ DestinationCidrBlock, State }) => DestinationCidrBlock === '0.0.0.0/0' && State !== 'blackhole',
  );
  const { NatGatewayId, GatewayId, TransitGatewayId, NetworkInterfaceId, VpcPeeringConnectionId } = route ?? {};
  const defaultRoute = NatGatewayId ?? GatewayId ?? TransitGatewayId ?? NetworkInterfaceId ?? VpcPeeringConnectionId;
  return { defaultRoute: defaultRoute ?? '', routeTableId: table?.RouteTableId ?? '' };
}
