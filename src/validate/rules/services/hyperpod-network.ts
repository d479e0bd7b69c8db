import { isList, isObject } from '../../../document/intrinsics.ts';
import type { Model } from '../../model/model.ts';
import { ofType } from '../../model/of-type.ts';
import { several } from '../base/examples.ts';
import { given, resourceOf } from '../base/given.ts';
import { literal, resources, valuesAt } from '../base/look.ts';
import type { Hit, Rule } from '../base/rule.ts';
import { defaultRoute, routesOf, routeTable } from './default-route.ts';
import { ALL_TRAFFIC, groupsAt, lets, placeOf } from './security-group-openings.ts';

const CLUSTER = 'AWS::SageMaker::Cluster';
const GROUP = 'AWS::EC2::SecurityGroup';
const VPC = 'VpcId: vpc-0123456789abcdef0';
const SELF = "IpProtocol: '-1', SourceSecurityGroupId: !Ref Nodes";

const nodes = (rule: string, egress: readonly string[] = [], mark = ''): string =>
  several({
    Nodes: [GROUP, 'GroupDescription: a', VPC, ...egress],
    NodesIn: ['AWS::EC2::SecurityGroupIngress', `{ GroupId: !Ref Nodes, ${rule} }`],
    Cluster: [
      CLUSTER,
      ...['VpcConfig:', '  Subnets: [subnet-0123456789abcdef0]', `  SecurityGroupIds: [!Ref Nodes]${mark}`],
      ...['InstanceGroups:', '  - InstanceGroupName: workers', '    InstanceCount: 1', '    InstanceType: ml.c5.large'],
      '    ExecutionRole: arn:aws:iam::111122223333:role/a',
    ],
  });

/** Instance families with the Elastic Fabric Adapter: what it sends is let out to groups only, not to addresses. */
const WITH_EFA = /^ml\.(?:p4d|p4de|p5|p5e|p5en|p6|trn1|trn1n|trn2)\b/;

const publicNodes = (table: string, mark = ''): string =>
  several({
    Public: ['AWS::EC2::Subnet', VPC, 'CidrBlock: 10.0.0.0/24'],
    Gateway: ['AWS::EC2::InternetGateway'],
    Attachment: ['AWS::EC2::VPCGatewayAttachment', VPC, 'InternetGatewayId: !Ref Gateway'],
    Table: ['AWS::EC2::RouteTable', VPC],
    Other: ['AWS::EC2::RouteTable', VPC],
    Association: ['AWS::EC2::SubnetRouteTableAssociation', 'SubnetId: !Ref Public', 'RouteTableId: !Ref Table'],
    Route: [
      'AWS::EC2::Route',
      ...['RouteTableId: !Ref Table', 'DestinationCidrBlock: 0.0.0.0/0', 'GatewayId: !Ref Gateway'],
    ],
    S3: [
      'AWS::EC2::VPCEndpoint',
      ...[VPC, 'ServiceName: !Sub com.amazonaws.${AWS::Region}.s3', `RouteTableIds: [!Ref ${table}]`],
    ],
    Cluster: [
      CLUSTER,
      ...['VpcConfig:', `  Subnets: [!Ref Public]${mark}`],
      ...['  SecurityGroupIds: [sg-0123456789abcdef0]', 'InstanceGroups:', '  - InstanceGroupName: workers'],
      ...[
        '    InstanceCount: 1',
        '    InstanceType: ml.c5.large',
        '    ExecutionRole: arn:aws:iam::111122223333:role/a',
      ],
    ],
  });

/** Whether a subnet of the template has a way to S3: an endpoint in its route table or its VPC, or a route by prefix. */
function reachesS3(model: Model, subnet: string): boolean {
  const table = routeTable(model, subnet);
  if (routesOf(model, subnet).some(({ properties }) => properties['DestinationPrefixListId'] !== undefined))
    return true;
  return ofType(model, 'AWS::EC2::VPCEndpoint').some(
    ({ properties: { ServiceName, VpcEndpointType, RouteTableIds } }) => {
      const name = isObject(ServiceName) ? ServiceName['Fn::Sub'] : ServiceName;
      if (typeof name !== 'string') return true;
      if (!name.endsWith('.s3')) return false;
      // Of an interface endpoint, and of a list that is computed, nothing is claimed.
      if ((literal(VpcEndpointType) ?? 'Gateway') !== 'Gateway' || !isList(RouteTableIds)) return true;
      return RouteTableIds.some((one) => (resourceOf(model, one, 'AWS::EC2::RouteTable') ?? table) === table);
    },
  );
}

/** The network of a cluster. */
export const HYPERPOD_NETWORK_RULES: readonly Rule[] = [
  {
    code: 'PL3121',
    name: 'cluster-group-closed',
    message: 'The security group of a cluster does not let all traffic of its nodes through.',
    why: 'Slurm and the health checks of the network fail, and with them the cluster, most of an hour after the stack was started.',
    fix: "Add a rule for IpProtocol '-1' from the group itself, and one to itself.",
    url: 'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites.html',
    bad: [
      nodes('IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 10.0.0.0/16', [], ' # <-'),
      nodes(
        SELF,
        ['SecurityGroupEgress: [{ IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0 }]'],
        ' # <-',
      ),
    ],
    good: [nodes(SELF), nodes(SELF, ["SecurityGroupEgress: [{ IpProtocol: '-1', CidrIp: 0.0.0.0/0 }]"])],
    check: resources(CLUSTER, function* (object, path, model, known): Generator<Hit> {
      const groups = groupsAt(model, object, 'VpcConfig.SecurityGroupIds');
      if (!groups) return;
      const at = placeOf(object, path, 'VpcConfig.SecurityGroupIds');
      const names = groups.join(', ');
      const types = [...valuesAt(object, 'InstanceGroups.*.InstanceType', path, known)];
      const hasEfa = types.some(({ value }) => WITH_EFA.test(given(model, value) ?? ''));
      if (!lets(model, groups, 'Ingress', ALL_TRAFFIC, groups))
        yield { path: at, message: `${names} does not let all traffic in from itself.` };
      if (!lets(model, groups, 'Egress', ALL_TRAFFIC, groups, hasEfa))
        yield {
          path: at,
          message: `${names} does not let all traffic out to itself${hasEfa ? ': what the Elastic Fabric Adapter sends needs a rule with the group' : ''}.`,
        };
    }),
  },
  {
    code: 'PL3169',
    name: 'cluster-in-public-subnet',
    message: 'The nodes of a cluster have no way to S3: their subnet leads to an internet gateway.',
    why: 'Nodes have no public address, so an internet gateway does nothing for them. They cannot fetch the lifecycle scripts, and the cluster fails.',
    fix: 'Take a subnet whose default route is a NAT gateway, or add a gateway endpoint of S3 to its route table.',
    url: 'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites.html',
    bad: [publicNodes('Other', ' # <-')],
    good: [publicNodes('Table')],
    check: resources(CLUSTER, function* (object, path, model, known): Generator<Hit> {
      for (const place of ['VpcConfig.Subnets.*', 'InstanceGroups.*.OverrideVpcConfig.Subnets.*'])
        for (const { value, path: at } of valuesAt(object, place, path, known)) {
          const subnet = resourceOf(model, value, 'AWS::EC2::Subnet');
          const route = subnet === undefined ? undefined : defaultRoute(model, subnet);
          const isPublic = route && resourceOf(model, route.properties['GatewayId'], 'AWS::EC2::InternetGateway');
          if (subnet !== undefined && isPublic !== undefined && !reachesS3(model, subnet))
            yield { path: at, message: `${subnet} leads to an internet gateway, and nodes have no public address.` };
        }
    }),
  },
];
