import { why } from '../aws/comments.ts';
import { SecurityGroup } from '../aws/generated/ec2-security-group.ts';
import { SecurityGroupEgress } from '../aws/generated/ec2-security-group-egress.ts';
import { SecurityGroupIngress } from '../aws/generated/ec2-security-group-ingress.ts';
import type { ResourceHandle, Template } from '../aws/template.ts';
import type { Id, Value } from '../aws/value.ts';
import { tags } from './tags.ts';

export interface ClusterSecurityGroupInput {
  readonly project: string;
  readonly vpcId: Value<Id<'AWS::EC2::VPC.Id'>>;
}

/** The security group of nodes and file system: everything to and from itself (EFA's health checks ask for it), and out. */
export function clusterSecurityGroup(
  template: Template,
  { project, vpcId }: ClusterSecurityGroupInput,
): ResourceHandle<SecurityGroup> {
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
      Tags: tags(project, 'cluster'),
    }),
  );
  const itself = { GroupId: group.get('GroupId'), IpProtocol: '-1', Description: 'Anything between nodes' };
  template.resource(
    'ClusterSecurityGroupFromItself',
    new SecurityGroupIngress({ ...itself, SourceSecurityGroupId: group.get('GroupId') }),
  );
  template.resource(
    'ClusterSecurityGroupToItself',
    new SecurityGroupEgress({ ...itself, DestinationSecurityGroupId: group.get('GroupId') }),
    { comment: 'EFA asks for a rule that names the group itself; 0.0.0.0/0 does not do.' },
  );
  return group;
}
