import { why } from '../../aws/comments.ts';
import type { Statement } from '../../aws/policy.ts';

/**
 * What the role of a function in a VPC needs: Lambda makes and takes away its interfaces in the role's name, and takes
 * these permissions on all resources only. They are in the role itself: CloudFormation deletes a policy of its own
 * beside the function, and Lambda could then no longer take the interfaces away.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
 */
export const INTERFACES: readonly Statement[] = [
  interfaces('Lambda makes an interface in each subnet; it takes this on all resources only.', {
    Sid: 'MakeInterfaces',
    Action: ['ec2:CreateNetworkInterface', 'ec2:AssignPrivateIpAddresses'],
  }),
  interfaces('Lambda looks where its interfaces are; EC2 describes all or nothing.', {
    Sid: 'FindInterfaces',
    Action: ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'],
  }),
  interfaces('Lambda takes the interfaces away when the function goes, or after two idle weeks.', {
    Sid: 'RemoveInterfaces',
    Action: ['ec2:DeleteNetworkInterface', 'ec2:UnassignPrivateIpAddresses'],
  }),
  why("The three above are Lambda's alone: only requests of the function's code have this key.", {
    Sid: 'NotByTheCode',
    Effect: 'Deny',
    Action: [
      'ec2:CreateNetworkInterface',
      'ec2:AssignPrivateIpAddresses',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSubnets',
      'ec2:DeleteNetworkInterface',
      'ec2:DetachNetworkInterface',
      'ec2:UnassignPrivateIpAddresses',
    ],
    Resource: '*',
    Condition: { Null: { 'lambda:SourceFunctionArn': 'false' } },
  }),
];

function interfaces(reason: string, { Sid, Action }: Required<Pick<Statement, 'Sid' | 'Action'>>): Statement {
  return why(reason, { Sid, Effect: 'Allow', Action, Resource: '*' });
}
