import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openStacks } from '../../src/deploy/stacks.ts';
import { certificateStatus, passwordStatus } from '../../src/status/secrets-status.ts';
import { driftOf } from '../../src/status/stack-status.ts';
import { type RecordedAws, startRecordedAws } from '../functions/preflight/recorded-aws.ts';
import { stubCredentials } from '../support/stub-credentials.ts';

let recorded: RecordedAws;
beforeAll(async () => {
  stubCredentials();
  recorded = await startRecordedAws();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await recorded.stop();
});
beforeEach(() => {
  recorded.answers = {};
});

const NOW = Date.UTC(2026, 10, 28, 12);
/** A moment, in the seconds of AWS's JSON, so many days from now. */
const days = (number: number) => NOW / 1000 + number * 86_400;
const place = () => ({ region: 'us-west-2', endpointUrl: recorded.url });

describe('days', () => {
  test.each([
    [90.5, 90],
    [0.5, 0],
    [-0.5, -1],
  ])('a certificate that ends in %d days has %d left', async (end, left) => {
    recorded.answers = { DescribeCertificate: { Certificate: { DomainName: 'ldaps.lab', NotAfter: days(end) } } };
    expect(await certificateStatus('arn:c', place(), NOW)).toMatchObject({ host: 'ldaps.lab', daysLeft: left });
  });

  test('of one that is not issued nobody knows the end', async () => {
    recorded.answers = {
      DescribeCertificate: { Certificate: { DomainName: 'ldaps.lab', Status: 'PENDING_VALIDATION' } },
    };
    await expect(certificateStatus('arn:c', place(), NOW)).rejects.toThrow('does not say when it ends');
  });

  test.each([
    [
      'rotated, not when its secret was made',
      { CreatedDate: days(-90), LastChangedDate: days(-1), LastRotatedDate: days(-30) },
      30,
    ],
    ['changed', { CreatedDate: days(-90), LastChangedDate: days(-12.5) }, 12],
    ['made', { CreatedDate: days(-90) }, 90],
  ])('a password is as old as the day that it was %s', async (_, dates, age) => {
    recorded.answers = { DescribeSecret: { Name: 'bind', NextRotationDate: days(5), ...dates } };
    const rotatesAt = new Date(days(5) * 1000).toISOString();
    expect(await passwordStatus('arn:s', place(), NOW)).toEqual({ secret: 'bind', age, rotatesAt });
  });

  test('what AWS denies is thrown, for status to say', async () => {
    await expect(passwordStatus('arn:s', place(), NOW)).rejects.toThrow('DescribeSecret says no');
  });
});

describe('drift', () => {
  const drifting = async (answers: readonly object[]) => {
    const stacks = await openStacks(place());
    let asked = 0;
    const client = {
      send: async () => answers[asked++],
    } as unknown as typeof stacks.client;
    return driftOf({ ...stacks, client }, 'lab').finally(stacks.close);
  };
  const begun = { StackDriftDetectionId: 'd' };
  const drift = (id: string, StackResourceDriftStatus: string) => ({
    ...{ LogicalResourceId: id, ResourceType: 'AWS::EC2::VPC', StackResourceDriftStatus },
  });

  test('is read when CloudFormation has looked at everything, page by page', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'], shouldAdvanceTime: true, advanceTimeDelta: 500 });
    const found = await drifting([
      ...[begun, { DetectionStatus: 'DETECTION_IN_PROGRESS' }, { DetectionStatus: 'DETECTION_COMPLETE' }],
      ...[
        { StackResourceDrifts: [drift('Vpc', 'MODIFIED')], NextToken: '2' },
        { StackResourceDrifts: [drift('Gone', 'DELETED')] },
      ],
    ]).finally(vi.useRealTimers);
    expect(found).toEqual([
      { id: 'Vpc', type: 'AWS::EC2::VPC', is: 'changed' },
      { id: 'Gone', type: 'AWS::EC2::VPC', is: 'deleted' },
    ]);
  });

  test('that cannot be found out is not none', async () => {
    const failed = { DetectionStatus: 'DETECTION_FAILED', DetectionStatusReason: 'the role may not read it' };
    await expect(drifting([begun, failed])).rejects.toThrow('the role may not read it');
  });
});
