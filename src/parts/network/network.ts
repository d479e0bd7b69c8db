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
import { sub } from '../../aws/sub.ts';
import type { ResourceHandle } from '../../aws/template.ts';
import { made } from '../base/needs.ts';
import { part } from '../base/part.ts';
import { VPC_CIDR_BLOCK, VPC_ID } from './network-needs.ts';
import { zones } from './zones.ts';

/** A private and a public subnet in each of two zones, a NAT gateway, and S3 without the detour through it. */
export const network = part({
  name: 'network',
  group: 'Network',
  choices: (form) => ({ zones: zones(form) }),
  needs: {
    VpcId: VPC_ID,
    VpcCidr: VPC_CIDR_BLOCK,
    assetCopy: made,
    executionRole: made,
    nodeBucketPolicy: made,
    clusterSecurityGroupRules: made,
  },
  build(template, { VpcId, VpcCidr, zones, assetCopy, executionRole, nodeBucketPolicy, clusterSecurityGroupRules }) {
    // A delete that a live cluster stops, stops at the subnets: what its nodes need is made before them and is then still
    // there. The file system is made after them, and so after the rules, without which FSx refuses to make it.
    const before = [assetCopy.assets, executionRole, nodeBucketPolicy, ...clusterSecurityGroupRules];
    // Four blocks of 16,384 addresses: an instance with 32 EFA interfaces alone takes about 80.
    const blocks = cidr(VpcCidr, 4, 14);
    const zone = (index: 0 | 1) => ({
      AvailabilityZone: when(zones.given, noValue, select(index, availabilityZones())),
      AvailabilityZoneId: when(zones.given, index === 0 ? zones.clusterZoneId : zones.secondZoneId, noValue),
    });
    const subnet = (name: string, label: string, block: number, zoneIndex: 0 | 1) =>
      template.resource(
        name,
        new Subnet({
          VpcId,
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
      new VPCGatewayAttachment({ VpcId, InternetGatewayId: gateway.ref() }),
    );
    const address = template.resource('NatAddress', new EIP({ Domain: 'vpc' }), {
      tag: 'nat',
      dependsOn: [attachment],
    });
    const nat = template.resource(
      'NatGateway',
      new NatGateway({
        SubnetId: publicSubnet.ref(),
        AllocationId: address.get('AllocationId'),
      }),
      { tag: 'nat', comment: 'One, in the zone of the cluster: nothing in the other zone calls the internet.' },
    );

    const routes = (name: string, label: string, members: Record<string, ResourceHandle<Subnet>>) => {
      const table = template.resource(`${name}RouteTable`, new RouteTable({ VpcId }), { tag: label });
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
        VpcId,
        ServiceName: sub`com.amazonaws.${region}.s3`,
        VpcEndpointType: 'Gateway',
        RouteTableIds: [privateRoutes.ref(), publicRoutes.ref()],
      }),
      { tag: 's3' },
    );
    return { ClusterSubnetId: clusterSubnet.ref(), SecondSubnetId: secondSubnet.ref(), natAddress: address };
  },
  gives: {
    ClusterSubnetId: 'Private subnet of the cluster and its file system.',
    SecondSubnetId: 'Private subnet in the second zone, for the directory.',
    natAddress: 'The address of the NAT gateway.',
  },
});
