import { why } from '../aws/comments.ts';
import { Role } from '../aws/generated/iam-role.ts';
import { accountId, partition, region } from '../aws/intrinsics.ts';
import { assumedBy, policy } from '../aws/policy.ts';
import { sub } from '../aws/sub.ts';
import type { ResourceHandle, Template } from '../aws/template.ts';
import type { Expression } from '../aws/value.ts';
import { tags } from './tags.ts';

export interface ExecutionRoleInput {
  readonly project: string;
  readonly nodeBucketArn: Expression<string>;
  readonly vpcId: Expression<string>;
}

/**
 * The role of the nodes: AWS's managed policy for HyperPod instances, the network interfaces that a cluster in a VPC
 * needs, and the scripts in the node bucket (the managed policy names buckets of the `aws` partition only).
 */
export function executionRole(template: Template, input: ExecutionRoleInput): ResourceHandle<Role> {
  const ec2 = (resource: string, id: string | Expression<string>) =>
    sub`arn:${partition}:ec2:${region}:${accountId}:${resource}/${id}`;
  const interfaces = ec2('network-interface', '*');
  return template.resource(
    'ExecutionRole',
    new Role({
      AssumeRolePolicyDocument: assumedBy('sagemaker.amazonaws.com'),
      ManagedPolicyArns: [sub`arn:${partition}:iam::aws:policy/AmazonSageMakerClusterInstanceRolePolicy`],
      Policies: [
        {
          PolicyName: 'network-interfaces',
          PolicyDocument: policy(
            why('Any subnet of this VPC: a subnet named here would be deleted after the role, which live nodes need.', {
              Effect: 'Allow' as const,
              Action: 'ec2:CreateNetworkInterface',
              Resource: [ec2('subnet', '*'), ec2('security-group', '*')],
              Condition: { ArnEquals: { 'ec2:Vpc': ec2('vpc', input.vpcId) } },
            }),
            why('The interfaces do not exist yet when the role is made, so they have no id to name.', {
              Effect: 'Allow' as const,
              Action: ['ec2:CreateNetworkInterface', 'ec2:CreateNetworkInterfacePermission', 'ec2:CreateTags'],
              Resource: interfaces,
            }),
            why('Any interface, but of this VPC only.', {
              Effect: 'Allow' as const,
              Action: ['ec2:DeleteNetworkInterface', 'ec2:DetachNetworkInterface'],
              Resource: interfaces,
              Condition: { ArnEquals: { 'ec2:Vpc': ec2('vpc', input.vpcId) } },
            }),
            why("The instances that an interface is detached from live in SageMaker's own account.", {
              Effect: 'Allow' as const,
              Action: 'ec2:DetachNetworkInterface',
              Resource: sub`arn:${partition}:ec2:${region}:*:instance/*`,
            }),
            why('EC2 knows no resources for these: describing, and giving a permission back.', {
              Effect: 'Allow' as const,
              Action: [
                'ec2:DeleteNetworkInterfacePermission',
                'ec2:DescribeDhcpOptions',
                'ec2:DescribeNetworkInterfaces',
                'ec2:DescribeSecurityGroups',
                'ec2:DescribeSubnets',
                'ec2:DescribeVpcs',
              ],
              Resource: '*',
            }),
          ),
        },
        {
          PolicyName: 'node-scripts',
          PolicyDocument: policy(
            { Effect: 'Allow', Action: 's3:ListBucket', Resource: input.nodeBucketArn },
            { Effect: 'Allow', Action: 's3:GetObject', Resource: sub`${input.nodeBucketArn}/*` },
          ),
        },
      ],
      Tags: tags(input.project, 'nodes'),
    }),
    {
      comment: 'What nodes may do. Any process on a node can become this, unless the metadata service is closed to it.',
    },
  );
}
