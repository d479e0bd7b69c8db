import { describe, expect, test } from 'vitest';
import { firstCauses } from '../../src/deploy/causes.ts';
import type { ResourceEvent } from '../../src/deploy/events.ts';
import { nextStep } from '../../src/deploy/next-step.ts';

const event = (id: string, status: string, reason?: string, more: Partial<ResourceEvent> = {}): ResourceEvent => ({
  ...{
    event: 'resource',
    stack: 'lab',
    id,
    type: 'AWS::EC2::VPC',
    status,
    at: '2026-01-01T00:00:00.000Z',
    isStack: false,
  },
  ...(reason !== undefined && { reason }),
  ...more,
});
const stack = (status: string, reason?: string) =>
  event('lab', status, reason, { isStack: true, type: 'AWS::CloudFormation::Stack' });
const names = (events: readonly ResourceEvent[]) =>
  firstCauses(events).map(({ stack: of, resource }) => `${of}/${resource}`);

describe('first causes', () => {
  test('not what was cancelled, not the stack, not what failed in the rollback', () => {
    const events = [
      stack('CREATE_IN_PROGRESS'),
      event('Quota', 'CREATE_FAILED', 'The limit is reached'),
      event('Other', 'CREATE_FAILED', 'Resource creation cancelled'),
      stack('ROLLBACK_IN_PROGRESS', 'The following resource(s) failed to create: [Quota, Other].'),
      event('Bucket', 'DELETE_FAILED', 'The bucket is not empty'),
      stack('ROLLBACK_FAILED'),
    ];
    expect(names(events)).toEqual(['lab/Quota']);
  });

  test('all that failed by themselves before the rollback, the first one first, each once', () => {
    const events = [
      event('A', 'UPDATE_FAILED', 'one'),
      event('B', 'UPDATE_FAILED', 'two'),
      event('A', 'UPDATE_FAILED', 'again'),
      stack('UPDATE_ROLLBACK_IN_PROGRESS'),
    ];
    expect(firstCauses(events)).toMatchObject([
      { resource: 'A', reason: 'one' },
      { resource: 'B', reason: 'two' },
    ]);
  });

  test('of a nested stack its own resource', () => {
    const events = [
      event('Deep', 'CREATE_FAILED', 'no capacity', { stack: 'lab-Inner-1' }),
      event('Inner', 'CREATE_FAILED', 'Embedded stack arn:x was not successfully created: Deep failed'),
      stack('ROLLBACK_IN_PROGRESS'),
    ];
    expect(names(events)).toEqual(['lab-Inner-1/Deep']);
  });

  test('a delete: what could not go', () => {
    const events = [
      stack('DELETE_IN_PROGRESS'),
      event('Subnet', 'DELETE_FAILED', 'has dependencies'),
      stack('DELETE_FAILED'),
    ];
    expect(names(events)).toEqual(['lab/Subnet']);
  });

  test('where only the stack says something, that', () => {
    expect(names([stack('CREATE_FAILED', 'Cannot be created')])).toEqual(['lab/lab']);
    expect(names([stack('CREATE_COMPLETE')])).toEqual([]);
  });
});

test.each([
  ['Preflight', 'Custom::Preflight', 'AdminPublicKey is not a valid key', /podlaunch preflight/],
  ['Assets', 'Custom::CopyAssets', 'S3 error: Access Denied', /cannot read the release/],
  ['Vpc', 'AWS::EC2::VPC', 'The maximum number of VPCs has been reached (VpcLimitExceeded)', /VPCs per Region/],
  ['NatAddress', 'AWS::EC2::EIP', 'The maximum number of addresses has been reached.', /elastic address/],
  ['Cluster', 'AWS::SageMaker::Cluster', 'ResourceLimitExceeded: ml.p5.48xlarge for cluster usage', /Service Quotas/],
  ['Cluster', 'AWS::SageMaker::Cluster', 'insufficient capacity', /another zone/],
  ['Cluster', 'AWS::SageMaker::Cluster', 'Lifecycle scripts did not run successfully', /podlaunch logs/],
  ['FileSystem', 'AWS::FSx::FileSystem', 'not supported in this availability zone', /ClusterZoneId=/],
  ['Role', 'AWS::IAM::Role', 'User x is not authorized to perform: iam:CreateRole', /permissions\.md/],
  ['Subnet', 'AWS::EC2::Subnet', "The subnet 's' has dependencies and cannot be deleted", /clean-up\.md/],
  ['Bucket', 'AWS::S3::Bucket', 'sagemaker-x already exists', /--stack-name/],
  ['Thing', 'Custom::Thing', 'Something of its own', /function's log/],
  ['Topic', 'AWS::SNS::Topic', 'Something', /Correct what CloudFormation names/],
])('%s (%s) that says "%s" has its own next step', (id, type, reason, next) => {
  expect(nextStep({ id, type, reason })).toMatch(next);
});
