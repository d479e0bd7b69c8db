import { type Condition, when } from '../aws/conditions.ts';
import { EIP } from '../aws/generated/ec2-eip.ts';
import { InternetGateway } from '../aws/generated/ec2-internet-gateway.ts';
import { NatGateway } from '../aws/generated/ec2-nat-gateway.ts';
import { Route } from '../aws/generated/ec2-route.ts';
import { RouteTable } from '../aws/generated/ec2-route-table.ts';
import { Subnet } from '../aws/generated/ec2-subnet.ts';
import { SubnetRouteTableAssociation } from '../aws/generated/ec2-subnet-route-table-association.ts';
import { VPC } from '../aws/generated/ec2-vpc.ts';
import { VPCEndpoint } from '../aws/generated/ec2-vpc-endpoint.ts';
import { VPCGatewayAttachment } from '../aws/generated/ec2-vpc-gateway-attachment.ts';
import { availabilityZones, cidr, noValue, region, select } from '../aws/intrinsics.ts';
import { sub } from '../aws/sub.ts';
import type { AnyHandle, ResourceHandle, Template } from '../aws/template.ts';
import type { Value } from '../aws/value.ts';

/** The availability zones of the subnets: by id where `given`, else the region's first two. */
export interface Zones {
  readonly given: Condition;
  readonly clusterZoneId: Value<string>;
  readonly secondZoneId: Value<string>;
}

export interface NetworkInput {
  readonly vpc: ResourceHandle<VPC>;
  readonly zones: Zones;
  /** What must exist before the subnets, and so outlives them when the stack is deleted. */
  readonly before: readonly AnyHandle[];
}

export interface Network {
  /** Private, in the first zone: the cluster, its file system, one domain controller. */
  readonly clusterSubnet: ResourceHandle<Subnet>;
  /** Private, in the second zone: the other domain controller, the load balancer's second leg. */
  readonly secondSubnet: ResourceHandle<Subnet>;
  /** The elastic address, which an account may have no more of. */
  readonly natAddress: AnyHandle;
}

/** A VPC whose one CIDR is a /16: the directory's security group admits no other. */
export function virtualNetwork(template: Template, cidrBlock: Value<string>): ResourceHandle<VPC> {
  return template.resource(
    'Vpc',
    new VPC({
      CidrBlock: cidrBlock,
      EnableDnsSupport: true,
      EnableDnsHostnames: true,
    }),
    { tag: 'vpc' },
  );
}

/** A private and a public subnet in each of two zones, a NAT gateway, and S3 without the detour through it. */
export function network(template: Template, input: NetworkInput): Network {
  const { vpc, zones, before } = input;
  // Four blocks of 16,384 addresses: an instance with 32 EFA interfaces alone takes about 80.
  const blocks = cidr(vpc.get('CidrBlock'), 4, 14);
  const zone = (index: 0 | 1) => ({
    AvailabilityZone: when(zones.given, noValue, select(index, availabilityZones())),
    AvailabilityZoneId: when(zones.given, index === 0 ? zones.clusterZoneId : zones.secondZoneId, noValue),
  });
  const subnet = (name: string, label: string, block: number, zoneIndex: 0 | 1) =>
    template.resource(
      name,
      new Subnet({
        VpcId: vpc.ref(),
        CidrBlock: select(block, blocks),
        ...zone(zoneIndex),
        MapPublicIpOnLaunch: false,
      }),
      { tag: label, dependsOn: before },
    );
  const clusterSubnet = subnet('ClusterSubnet', 'cluster', 0, 0);
  const secondSubnet = subnet('SecondSubnet', 'second', 1, 1);
  const publicSubnet = subnet('PublicSubnet', 'public', 2, 0);
  const secondPublicSubnet = subnet('SecondPublicSubnet', 'second-public', 3, 1);

  const gateway = template.resource('InternetGateway', new InternetGateway({}), { tag: 'internet' });
  const attachment = template.resource(
    'InternetGatewayAttachment',
    new VPCGatewayAttachment({ VpcId: vpc.ref(), InternetGatewayId: gateway.ref() }),
  );
  const address = template.resource('NatAddress', new EIP({ Domain: 'vpc' }), { tag: 'nat', dependsOn: [attachment] });
  const nat = template.resource(
    'NatGateway',
    new NatGateway({
      SubnetId: publicSubnet.ref(),
      AllocationId: address.get('AllocationId'),
    }),
    { tag: 'nat', comment: 'One, in the zone of the cluster: the other zone holds nothing that calls the internet.' },
  );

  const routes = (name: string, label: string, members: Record<string, ResourceHandle<Subnet>>) => {
    const table = template.resource(`${name}RouteTable`, new RouteTable({ VpcId: vpc.ref() }), { tag: label });
    for (const [member, handle] of Object.entries(members)) {
      template.resource(
        `${member}Routes`,
        new SubnetRouteTableAssociation({ RouteTableId: table.ref(), SubnetId: handle.ref() }),
      );
    }
    return table;
  };
  const publicRoutes = routes('Public', 'public', {
    PublicSubnet: publicSubnet,
    SecondPublicSubnet: secondPublicSubnet,
  });
  template.resource(
    'PublicDefaultRoute',
    new Route({ RouteTableId: publicRoutes.ref(), DestinationCidrBlock: '0.0.0.0/0', GatewayId: gateway.ref() }),
    { dependsOn: [attachment] },
  );
  const privateRoutes = routes('Private', 'private', { ClusterSubnet: clusterSubnet, SecondSubnet: secondSubnet });
  template.resource(
    'PrivateDefaultRoute',
    new Route({ RouteTableId: privateRoutes.ref(), DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: nat.ref() }),
  );
  template.resource(
    'S3Endpoint',
    new VPCEndpoint({
      VpcId: vpc.ref(),
      ServiceName: sub`com.amazonaws.${region}.s3`,
      VpcEndpointType: 'Gateway',
      RouteTableIds: [privateRoutes.ref(), publicRoutes.ref()],
    }),
    { tag: 's3' },
  );
  return { clusterSubnet, secondSubnet, natAddress: address };
}
