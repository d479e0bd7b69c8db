import { why } from '../../aws/comments.ts';
import { when } from '../../aws/conditions.ts';
import { SecurityGroup } from '../../aws/generated/ec2-security-group.ts';
import { SecurityGroupEgress } from '../../aws/generated/ec2-security-group-egress.ts';
import { SecurityGroupIngress } from '../../aws/generated/ec2-security-group-ingress.ts';
import { retention } from '../../aws/retention.ts';
import { made } from '../base/needs.ts';
import { part } from '../base/part.ts';
import { VPC_ID } from './network-needs.ts';

/** The security group of nodes and file system: everything to and from itself (EFA's health checks ask for it), and out. */
export const clusterSecurityGroup = part({
  name: 'cluster-security-group',
  needs: { VpcId: VPC_ID, networkChoice: made },
  build(template, { VpcId, networkChoice: { makesSecurityGroup, securityGroupId, isKept } }) {
    const kept = { condition: makesSecurityGroup, ...(isKept && retention(true)) };
    const group = template.resource(
      'ClusterSecurityGroup',
      new SecurityGroup({
        GroupDescription: 'Nodes of the cluster and its file system',
        VpcId,
        SecurityGroupEgress: [
          why('Out to the world: packages, AWS APIs, data sets. Nothing comes in from there.', {
            IpProtocol: '-1',
            CidrIp: '0.0.0.0/0',
            Description: 'Anything out',
          }),
        ],
      }),
      { tag: 'cluster', ...kept },
    );
    const itself = { GroupId: group.get('GroupId'), IpProtocol: '-1', Description: 'Anything between nodes' };
    const fromItself = template.resource(
      'ClusterSecurityGroupFromItself',
      new SecurityGroupIngress({ ...itself, SourceSecurityGroupId: group.get('GroupId') }),
      kept,
    );
    const toItself = template.resource(
      'ClusterSecurityGroupToItself',
      new SecurityGroupEgress({ ...itself, DestinationSecurityGroupId: group.get('GroupId') }),
      { comment: 'EFA asks for a rule that names the group itself; 0.0.0.0/0 does not do.', ...kept },
    );
    const ClusterSecurityGroupId = when(makesSecurityGroup, group.get('GroupId'), securityGroupId);
    return { ClusterSecurityGroupId, clusterSecurityGroupRules: [fromItself, toItself] };
  },
  gives: {
    ClusterSecurityGroupId: 'Security group of the nodes and the file system.',
    clusterSecurityGroupRules: 'Its rules, resources of their own because they name it.',
  },
});
