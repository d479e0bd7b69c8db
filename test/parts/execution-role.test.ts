import { describe, expect, test } from 'vitest';
import { dataOf } from '../support/compiled.ts';
import { type Context, isAllowed } from '../support/policy-evaluator.ts';
import { resolved } from '../support/resolved.ts';

const template = dataOf('prerequisites');
const given = {
  'AWS::Partition': 'aws',
  'AWS::Region': 'us-west-2',
  'AWS::AccountId': '111122223333',
  'NodeBucket.Arn': 'arn:aws:s3:::sagemaker-ours',
  Vpc: 'vpc-1',
};
const role = resolved(template, template.Resources.ExecutionRole.Properties, given);
const policies = role.Policies.map(({ PolicyDocument }: any) => PolicyDocument);
const OURS = { 'ec2:Vpc': 'arn:aws:ec2:us-west-2:111122223333:vpc/vpc-1' };
const ELSEWHERE = { 'ec2:Vpc': 'arn:aws:ec2:us-west-2:111122223333:vpc/vpc-2' };
const SAGEMAKER = { 'ec2:AuthorizedService': 'sagemaker.amazonaws.com' };
const may = (action: string, resource: string, context: Context = {}) =>
  isAllowed(policies, { principal: 'arn:aws:iam::111122223333:role/nodes', action, resource, context });

describe('the role of the nodes', () => {
  const eni = 'arn:aws:ec2:us-west-2:111122223333:network-interface/eni-1';

  test('lends an interface to SageMaker, of this VPC, and to nobody else', () => {
    const lend = (context: Context) => may('ec2:CreateNetworkInterfacePermission', eni, context);
    expect(lend({ ...OURS, ...SAGEMAKER })).toBe(true);
    expect(lend(OURS), 'to another account').toBe(false);
    expect(lend({ ...OURS, 'ec2:AuthorizedService': 'codebuild.amazonaws.com' })).toBe(false);
    expect(lend({ ...ELSEWHERE, ...SAGEMAKER })).toBe(false);
  });

  test('tags an interface as it makes it, or one of this VPC', () => {
    expect(may('ec2:CreateTags', eni, { 'ec2:CreateAction': 'CreateNetworkInterface' })).toBe(true);
    expect(may('ec2:CreateTags', eni, OURS)).toBe(true);
    expect(may('ec2:CreateTags', eni, ELSEWHERE)).toBe(false);
    expect(may('ec2:CreateTags', eni, { 'ec2:CreateAction': 'RunInstances' })).toBe(false);
  });

  test('reads one bucket, not every one whose name starts with sagemaker-', () => {
    expect(role).not.toHaveProperty('ManagedPolicyArns');
    const here = { 'aws:ResourceAccount': '111122223333' };
    expect(may('s3:GetObject', 'arn:aws:s3:::sagemaker-ours/x', here)).toBe(true);
    expect(may('s3:ListBucket', 'arn:aws:s3:::sagemaker-ours', here)).toBe(true);
    expect(may('s3:GetObject', 'arn:aws:s3:::sagemaker-us-west-2-111122223333/data.csv', here)).toBe(false);
    expect(may('s3:PutObject', 'arn:aws:s3:::sagemaker-ours/x', here)).toBe(false);
  });

  test('does what else the managed policy for HyperPod instances allows', () => {
    const group = 'arn:aws:logs:us-west-2:111122223333:log-group:/aws/sagemaker/Clusters/hyperpod/abc';
    expect(may('logs:CreateLogGroup', group)).toBe(true);
    for (const action of ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'])
      expect(may(action, `${group}:log-stream:LifecycleConfig/login/i-1`), action).toBe(true);
    expect(may('cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': '/aws/sagemaker/Clusters' })).toBe(true);
    expect(may('cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': 'mine' })).toBe(false);
    for (const action of ['CreateControlChannel', 'CreateDataChannel', 'OpenControlChannel', 'OpenDataChannel'])
      expect(may(`ssmmessages:${action}`, '*'), action).toBe(true);
  });
});
