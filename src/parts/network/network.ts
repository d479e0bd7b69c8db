import { when } from '../../aws/conditions.ts';
import { EIP } from '../../aws/generated/ec2-eip.ts';
import { InternetGateway } from '../../aws/generated/ec2-internet-gateway.ts';
import { NatGateway } from '../../aws/generated/ec2-nat-gateway.ts';
import { Route } from '../../aws/generated/ec2-route.ts';
import { RouteTable } from '../../aws/generated/ec2-route-table.ts';
import { Subnet } from '../../aws/generated/ec2-subnet.ts';
import { SubnetRouteTableAssociation } from '../../aws/generated/ec2-subnet-route-table-association.ts';
import { VPCEndpoint } from '../../aws/generated/ec2-vpc-endpoint.ts';
import { VPCGatewayAttachment } from '../../aws/generated/ec2-vpc-gateway-attachment.ts';
import { availabilityZones, cidr, noValue, region, select } from '../../aws/intrinsics.ts';
import { retention } from '../../aws/retention.ts';
import { sub } from '../../aws/sub.ts';
import type { ResourceOptions } from '../../aws/template.ts';
import type { Expression, Id } from '../../aws/value.ts';
import { made } from '../base/needs.ts';
import { gift, part } from '../base/part.ts';
import { VPC_CIDR_BLOCK, VPC_ID } from './network-needs.ts';

type SubnetId = Expression<Id<'AWS::EC2::Subnet.Id'>>;

/** A private and a public subnet in each of two zones, a NAT gateway, and S3 without the detour through it. */
export const network = part({
  name: 'network',
  needs: {
    VpcId: VPC_ID,
    VpcCidr: VPC_CIDR_BLOCK,
    zones: made,
    networkChoice: made,
    assetCopy: made,
    executionRole: made,
    nodeBucketPolicy: made,
    clusterSecurityGroupRules: made,
  },
  build(template, { VpcId, VpcCidr, zones, networkChoice, ...needs }) {
    const { assetCopy, executionRole, nodeBucketPolicy, clusterSecurityGroupRules } = needs;
    const { makesNetwork, makesRoutes, isKept } = networkChoice;
    const condition = makesRoutes;
    // A delete that a live cluster stops, stops at the subnets: what its nodes need is made before them and is then still
    // there. The file system is made after them, and so after the rules, without which FSx refuses to make it.
    const before = [assetCopy.assets, executionRole, nodeBucketPolicy];
    // Four blocks of 16,384 addresses: an instance with 32 EFA interfaces alone takes about 80.
    const blocks = cidr(VpcCidr, 4, 14);
    const zone = (index: 0 | 1) => ({
      AvailabilityZone: when(zones.given, noValue, select(index, availabilityZones())),
      AvailabilityZoneId: when(zones.given, index === 0 ? zones.clusterZoneId : zones.secondZoneId, noValue),
    });
    const kept = {
      ...{ condition: makesNetwork, dependsOn: [...before, ...clusterSecurityGroupRules] },
      ...(isKept && retention(true)),
    };
    const way = { condition, dependsOn: makesRoutes === true ? kept.dependsOn : before };
    const subnet = (name: string, label: string, block: number, zoneIndex: 0 | 1, more: ResourceOptions) =>
      template.resource(
        name,
        new Subnet({
          VpcId,
          CidrBlock: select(block, blocks),
          ...zone(zoneIndex),
          MapPublicIpOnLaunch: false,
        }),
        { tag: label, ...more },
      );
    const clusterSubnet = subnet('ClusterSubnet', 'cluster', 0, 0, kept);
    const secondSubnet = subnet('SecondSubnet', 'second', 1, 1, kept);
    const publicSubnet = subnet('PublicSubnet', 'public', 2, 0, way);
    const secondPublicSubnet = subnet('SecondPublicSubnet', 'second-public', 3, 1, way);

    const gateway = template.resource('InternetGateway', new InternetGateway({}), { tag: 'internet', condition });
    const attachment = template.resource(
      'InternetGatewayAttachment',
      new VPCGatewayAttachment({ VpcId, InternetGatewayId: gateway.ref() }),
      { condition },
    );
    const address = template.resource('NatAddress', new EIP({ Domain: 'vpc' }), {
      tag: 'nat',
      dependsOn: [attachment],
      condition,
    });
    const nat = template.resource(
      'NatGateway',
      new NatGateway({
        SubnetId: publicSubnet.ref(),
        AllocationId: address.get('AllocationId'),
      }),
      {
        tag: 'nat',
        comment: 'One, in the zone of the cluster: nothing in the other zone calls the internet.',
        condition,
      },
    );

    const routes = (name: string, label: string, members: Record<string, SubnetId>) => {
      const table = template.resource(`${name}RouteTable`, new RouteTable({ VpcId }), { tag: label, condition });
      const associations = Object.entries(members).map(([member, SubnetId]) =>
        template.resource(`${member}Routes`, new SubnetRouteTableAssociation({ RouteTableId: table.ref(), SubnetId }), {
          condition,
        }),
      );
      return { table, associations };
    };
    const publicRoutes = routes('Public', 'public', {
      PublicSubnet: publicSubnet.ref(),
      SecondPublicSubnet: secondPublicSubnet.ref(),
    });
    const publicDefaultRoute = template.resource(
      'PublicDefaultRoute',
      new Route({
        RouteTableId: publicRoutes.table.ref(),
        DestinationCidrBlock: '0.0.0.0/0',
        GatewayId: gateway.ref(),
      }),
      { dependsOn: [attachment], condition },
    );
    const ClusterSubnetId = when(makesNetwork, clusterSubnet.ref(), networkChoice.clusterSubnetId);
    const SecondSubnetId = when(makesNetwork, secondSubnet.ref(), networkChoice.secondSubnetId);
    const privateRoutes = routes('Private', 'private', {
      ClusterSubnet: ClusterSubnetId,
      SecondSubnet: SecondSubnetId,
    });
    const defaultRoute = template.resource(
      'PrivateDefaultRoute',
      new Route({
        RouteTableId: privateRoutes.table.ref(),
        DestinationCidrBlock: '0.0.0.0/0',
        NatGatewayId: nat.ref(),
      }),
      { condition },
    );
    const endpoint = template.resource(
      'S3Endpoint',
      new VPCEndpoint({
        VpcId,
        ServiceName: sub`com.amazonaws.${region}.s3`,
        VpcEndpointType: 'Gateway',
        RouteTableIds: [privateRoutes.table.ref(), publicRoutes.table.ref()],
      }),
      { tag: 's3', condition },
    );
    const wayOut = [...privateRoutes.associations, defaultRoute, endpoint];
    const PublicSubnetId = gift(publicSubnet.ref(), { given: makesRoutes });
    const publicWay = [attachment, ...publicRoutes.associations, publicDefaultRoute];
    return { ClusterSubnetId, SecondSubnetId, PublicSubnetId, natAddress: address, wayOut, publicWay };
  },
  gives: {
    ClusterSubnetId: 'Private subnet of the cluster and its file system.',
    SecondSubnetId: 'Private subnet in the second zone, for the directory.',
    PublicSubnetId: 'Public subnet in the zone of the cluster: a bastion can be in it.',
    natAddress: 'The address of the NAT gateway.',
    wayOut: 'The routes of the private subnets.',
    publicWay: 'The internet gateway and the routes of the public subnets.',
  },
});
