import { several } from '../base/examples.ts';
import { given } from '../base/given.ts';
import { resources, valuesAt } from '../base/look.ts';
import type { Hit, Rule } from '../base/rule.ts';
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
];
