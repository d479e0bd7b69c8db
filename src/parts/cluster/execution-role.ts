import { why } from '../../aws/comments.ts';
import { Role } from '../../aws/generated/iam-role.ts';
import { accountId, partition, region } from '../../aws/intrinsics.ts';
import { assumedBy, policy } from '../../aws/policy.ts';
import { sub } from '../../aws/sub.ts';
import type { Expression } from '../../aws/value.ts';
import { made } from '../base/needs.ts';
import { part } from '../base/part.ts';
import { VPC_ID } from '../network/network-needs.ts';

/**
 * The role of the nodes: what AWS's managed policy for HyperPod instances (AmazonSageMakerClusterInstanceRolePolicy)
 * allows but for its reading of every bucket whose name starts with `sagemaker-`, the network interfaces that a cluster in
 * a VPC needs, and the scripts in the node bucket. HyperPod is not documented to say for which cluster or account it takes
 * the role on, so the trust names the service alone (docs/decisions/0025, docs/nodes/trust.md).
 */
export const executionRole = part({
  name: 'execution-role',
  needs: { nodeBucket: made, VpcId: VPC_ID },
  build(template, { nodeBucket, VpcId }) {
    const ec2 = (resource: string, id: string | Expression<string>) =>
      sub`arn:${partition}:ec2:${region}:${accountId}:${resource}/${id}`;
    const interfaces = ec2('network-interface', '*');
    const inThisVpc = { ArnEquals: { 'ec2:Vpc': ec2('vpc', VpcId) } };
    const logGroups = sub`arn:${partition}:logs:${region}:${accountId}:log-group:/aws/sagemaker/Clusters/*`;
    const role = template.resource(
      'ExecutionRole',
      new Role({
        AssumeRolePolicyDocument: assumedBy('sagemaker.amazonaws.com'),
        Policies: [
          {
            PolicyName: 'instances',
            PolicyDocument: policy(
              {
                Effect: 'Allow',
                Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
                Resource: sub`arn:${partition}:logs:${region}:${accountId}:log-group:/aws/sagemaker/Clusters/*:log-stream:*`,
              },
              { Effect: 'Allow', Action: 'logs:CreateLogGroup', Resource: logGroups },
              why('A metric has no resource: its namespace says whose it is.', {
                Effect: 'Allow' as const,
                Action: 'cloudwatch:PutMetricData',
                Resource: '*',
                Condition: { StringEquals: { 'cloudwatch:namespace': '/aws/sagemaker/Clusters' } },
              }),
              why('The channels of Systems Manager, by which people reach a node, have no resource.', {
                Effect: 'Allow' as const,
                Action: [
                  'ssmmessages:CreateControlChannel',
                  'ssmmessages:CreateDataChannel',
                  'ssmmessages:OpenControlChannel',
                  'ssmmessages:OpenDataChannel',
                ],
                Resource: '*',
              }),
            ),
          },
          {
            PolicyName: 'network-interfaces',
            PolicyDocument: policy(
              why(
                'Any subnet of this VPC: a subnet named here would be deleted after the role, which live nodes need.',
                {
                  Effect: 'Allow' as const,
                  Action: 'ec2:CreateNetworkInterface',
                  Resource: [ec2('subnet', '*'), ec2('security-group', '*')],
                  Condition: inThisVpc,
                },
              ),
              why('The interfaces do not exist yet when the role is made, so they have no id to name.', {
                Effect: 'Allow' as const,
                Action: 'ec2:CreateNetworkInterface',
                Resource: interfaces,
              }),
              why(
                'To SageMaker only: else anyone who has this role could lend an interface of the VPC to any account.',
                {
                  Effect: 'Allow' as const,
                  Action: 'ec2:CreateNetworkInterfacePermission',
                  Resource: interfaces,
                  Condition: { ...inThisVpc, StringEquals: { 'ec2:AuthorizedService': 'sagemaker.amazonaws.com' } },
                },
              ),
              why('Tags come with an interface as it is made.', {
                Effect: 'Allow' as const,
                Action: 'ec2:CreateTags',
                Resource: interfaces,
                Condition: { StringEquals: { 'ec2:CreateAction': 'CreateNetworkInterface' } },
              }),
              why('Or later, to an interface of this VPC.', {
                Effect: 'Allow' as const,
                Action: 'ec2:CreateTags',
                Resource: interfaces,
                Condition: inThisVpc,
              }),
              why('Any interface, but of this VPC only.', {
                Effect: 'Allow' as const,
                Action: ['ec2:DeleteNetworkInterface', 'ec2:DetachNetworkInterface'],
                Resource: interfaces,
                Condition: inThisVpc,
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
              { Effect: 'Allow', Action: 's3:ListBucket', Resource: nodeBucket.get('Arn') },
              { Effect: 'Allow', Action: 's3:GetObject', Resource: sub`${nodeBucket.get('Arn')}/*` },
            ),
          },
        ],
      }),
      {
        tag: 'nodes',
        comment:
          'What nodes may do. Any process on a node can become this, unless the metadata service is closed to it.',
      },
    );
    return { ExecutionRoleArn: role.get('Arn'), executionRole: role };
  },
  gives: { ExecutionRoleArn: 'Role of the nodes.', executionRole: 'The role of the nodes.' },
});
