import { why } from '../../aws/comments.ts';
import { type Condition, when } from '../../aws/conditions.ts';
import { SecurityGroup } from '../../aws/generated/ec2-security-group.ts';
import { SecurityGroupIngress } from '../../aws/generated/ec2-security-group-ingress.ts';
import { noValue } from '../../aws/intrinsics.ts';
import type { ResourceHandle, Template } from '../../aws/template.ts';
import type { Expression, Id } from '../../aws/value.ts';

interface BastionGroup {
  readonly VpcId: Expression<Id<'AWS::EC2::VPC.Id'>>;
  readonly nodes: Expression<Id<'AWS::EC2::SecurityGroup.Id'>>;
  /** Where people come from, for a bastion that is a host. */
  readonly cidr: Expression<string>;
  readonly host: Condition;
  /** Whether there is any bastion. */
  readonly any: Condition;
}

/** The security group of the bastion, and the rule of the nodes' group that lets it in on port 22. */
export function bastionGroup(
  template: Template,
  { VpcId, nodes, cidr, host, any }: BastionGroup,
): ResourceHandle<SecurityGroup> {
  const https = (port: number) => ({ ...tcp(port), CidrIp: '0.0.0.0/0' });
  const group = template.resource(
    'BastionSecurityGroup',
    new SecurityGroup({
      GroupDescription: 'SSH from people to the bastion, and from it to the nodes',
      VpcId,
      SecurityGroupIngress: [
        when(host, { ...tcp(22), CidrIp: cidr, Description: 'SSH from where people are' }, noValue),
      ],
      SecurityGroupEgress: [
        { ...tcp(22), DestinationSecurityGroupId: nodes, Description: 'SSH to the nodes' },
        when(
          host,
          why('Systems Manager and the archive of Ubuntu, which have no fixed addresses.', {
            ...https(443),
            Description: 'Systems Manager, packages',
          }),
          noValue,
        ),
        when(host, { ...https(80), Description: 'Packages, which are signed' }, noValue),
      ],
    }),
    { tag: 'bastion', condition: any },
  );
  template.resource(
    'BastionToNodes',
    new SecurityGroupIngress({
      GroupId: nodes,
      ...tcp(22),
      SourceSecurityGroupId: group.get('GroupId'),
      Description: 'SSH from the bastion',
    }),
    { condition: any },
  );
  return group;
}

function tcp(port: number) {
  return { IpProtocol: 'tcp', FromPort: port, ToPort: port };
}
