import { why } from '../aws/comments.ts';
import { SecurityGroup } from '../aws/generated/ec2-security-group.ts';
import { SecurityGroupEgress } from '../aws/generated/ec2-security-group-egress.ts';
import { SecurityGroupIngress } from '../aws/generated/ec2-security-group-ingress.ts';
import type { AnyHandle, ResourceHandle, Template } from '../aws/template.ts';
import type { Id, Value } from '../aws/value.ts';

export interface ClusterSecurityGroupInput {
  readonly vpcId: Value<Id<'AWS::EC2::VPC.Id'>>;
}

export interface ClusterSecurityGroup {
  readonly group: ResourceHandle<SecurityGroup>;
  /** Resources of their own, because they name the group. FSx refuses a group in which they are not yet. */
  readonly rules: readonly AnyHandle[];
}

/** The security group of nodes and file system: everything to and from itself (EFA's health checks ask for it), and out. */
export function clusterSecurityGroup(template: Template, { vpcId }: ClusterSecurityGroupInput): ClusterSecurityGroup {
  const group = template.resource(
    'ClusterSecurityGroup',
    new SecurityGroup({
      GroupDescription: 'Nodes of the cluster and its file system',
      VpcId: vpcId,
      SecurityGroupEgress: [
        why('Out to the world: packages, AWS APIs, data sets. Nothing comes in from there.', {
          IpProtocol: '-1',
          CidrIp: '0.0.0.0/0',
          Description: 'Anything out',
        }),
      ],
    }),
    { tag: 'cluster' },
  );
  const itself = { GroupId: group.get('GroupId'), IpProtocol: '-1', Description: 'Anything between nodes' };
  const fromItself = template.resource(
    'ClusterSecurityGroupFromItself',
    new SecurityGroupIngress({ ...itself, SourceSecurityGroupId: group.get('GroupId') }),
  );
  const toItself = template.resource(
    'ClusterSecurityGroupToItself',
    new SecurityGroupEgress({ ...itself, DestinationSecurityGroupId: group.get('GroupId') }),
    { comment: 'EFA asks for a rule that names the group itself; 0.0.0.0/0 does not do.' },
  );
  return { group, rules: [fromItself, toItself] };
}
