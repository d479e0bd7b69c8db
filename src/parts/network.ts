import { and, equals, not, or, when } from '../aws/conditions.ts';
import type { Form } from '../aws/form.ts';
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
import { VPC_CIDR, ZONE_ID } from '../aws/patterns.ts';
import { sub } from '../aws/sub.ts';
import type { ResourceHandle } from '../aws/template.ts';
import { made } from './needs.ts';
import { VPC_CIDR_BLOCK, VPC_ID } from './network-needs.ts';
import { part } from './part.ts';

/** A VPC whose one CIDR is a /16: the directory's security group admits no other. */
export const virtualNetwork = part({
  name: 'virtual-network',
  group: 'Network',
  choices: (form, { network }: { readonly network: { readonly cidr: string } }) => ({
    cidrBlock: form.text('VpcCidr', {
      label: 'VPC CIDR',
      Description: 'The only IPv4 block of the VPC. The directory admits no other.',
      Default: network.cidr,
      ...VPC_CIDR,
    }),
  }),
  build(template, { cidrBlock }) {
    const vpc = template.resource(
      'Vpc',
      new VPC({ CidrBlock: cidrBlock, EnableDnsSupport: true, EnableDnsHostnames: true }),
      { tag: 'vpc' },
    );
    return { VpcId: vpc.ref(), VpcCidr: vpc.get('CidrBlock') };
  },
  gives: { VpcId: 'The VPC.', VpcCidr: 'The only CIDR of the VPC.' },
});

/** A private and a public subnet in each of two zones, a NAT gateway, and S3 without the detour through it. */
export const network = part({
  name: 'network',
  group: 'Network',
  choices: zones,
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
      { tag: 'nat', comment: 'One, in the zone of the cluster: the other zone holds nothing that calls the internet.' },
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

/** The availability zones of the subnets: by id where they are given, else the region's first two. */
function zones(form: Form) {
  const clusterZoneId = form.optional('ClusterZoneId', {
    label: 'Zone of the cluster',
    Description:
      'Id of the availability zone where you have GPU capacity. Give both zones or neither; give them for a cluster that is to live, because the automatic choice may change.',
    ...ZONE_ID,
  });
  const secondZoneId = form.optional('SecondZoneId', {
    label: 'Second zone',
    Description: 'Id of another availability zone of the region, for the second domain controller.',
    ...ZONE_ID,
  });
  const neither = and(equals(clusterZoneId, ''), equals(secondZoneId, ''));
  form.rule('BothZonesOrNeither', {
    assertions: [
      {
        assert: or(neither, and(not(equals(clusterZoneId, '')), not(equals(secondZoneId, '')))),
        description: 'Give both ClusterZoneId and SecondZoneId, or leave both empty.',
      },
      {
        assert: or(neither, not(equals(clusterZoneId, secondZoneId))),
        description: 'ClusterZoneId and SecondZoneId must be two zones: a directory needs both.',
      },
    ],
  });
  const given = form.condition('HasZones', not(equals(clusterZoneId, '')));
  return { zones: { given, clusterZoneId, secondZoneId } };
}
