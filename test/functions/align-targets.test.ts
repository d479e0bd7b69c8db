import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { handler } from '../../src/functions/align-targets/handler.ts';
import { type AnswerServer, startAnswerServer } from '../support/answers.ts';
import { awsEnvironment } from '../support/aws-cli.ts';
import { type DescribedStack, STACK_ID, startDescribedStack } from '../support/described-stack.ts';
import { DIRECTORY_ID, type FakeBalancer, GROUP_ARN, startFakeBalancer } from './fake-balancer.ts';

// A look lasts as long as it is said to wait, without waiting.
let now = 0;
vi.mock('node:timers/promises', () => ({
  setTimeout: async (ms: number) => {
    now += ms;
  },
}));

let aws: FakeBalancer;
let stack: DescribedStack;
let answers: AnswerServer;
beforeAll(async () => {
  [aws, stack, answers] = await Promise.all([startFakeBalancer(), startDescribedStack(), startAnswerServer()]);
  const env = { ...awsEnvironment({ endpointUrl: aws.url }), AWS_ENDPOINT_URL_CLOUDFORMATION: stack.url };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await Promise.all([aws.stop(), stack.stop(), answers.stop()]);
});
beforeEach(() => {
  aws.reset();
  stack.status = 'CREATE_IN_PROGRESS';
  vi.spyOn(console, 'log').mockImplementation(() => {});
  const started = Date.now();
  now = 0;
  vi.spyOn(Date, 'now').mockImplementation(() => started + now);
});
afterEach(() => vi.restoreAllMocks());

const context = { getRemainingTimeInMillis: () => 600_000, logGroupName: 'log', logStreamName: 'run' };
const OWN = {
  TargetGroupArn: GROUP_ARN,
  DirectoryId: DIRECTORY_ID,
  Addresses: ['10.0.0.10', '10.0.1.10'],
  AvailabilityZone: '',
};

async function ask(RequestType: 'Create' | 'Update' | 'Delete', properties: object = {}) {
  const request = { RequestType, ResponseURL: answers.url, StackId: STACK_ID, RequestId: '1', LogicalResourceId: 'A' };
  const PhysicalResourceId = 'aligned-targets';
  await handler({ ...request, PhysicalResourceId, ResourceProperties: { ...OWN, ...properties } } as never, context);
  return answers.received.at(-1)!;
}
const scheduled = () =>
  handler(
    { StackId: STACK_ID, Properties: { TargetGroupArn: GROUP_ARN, DirectoryId: DIRECTORY_ID } } as never,
    context,
  );

describe('a creation', () => {
  test('registers the controllers, and is done when one of them answers', async () => {
    aws.healthOf = { '10.0.1.10': ['initial', 'initial', 'unhealthy', 'healthy'] };
    expect(await ask('Create')).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'aligned-targets' });
    expect(aws.changes).toEqual(['+10.0.0.10', '+10.0.1.10']);
    expect(aws.targets).toEqual({ '10.0.0.10': 'initial', '10.0.1.10': 'healthy' });
    expect(now).toBeGreaterThanOrEqual(10_000);
  });

  test('fails within ten minutes with the controllers that do not answer, and why', async () => {
    aws.healthOf = { '10.0.0.10': ['unhealthy'], '10.0.1.10': ['unhealthy'] };
    const { Status, Reason } = await ask('Create');
    expect(Status).toBe('FAILED');
    expect(Reason).toContain('10.0.0.10 is unhealthy (Target.FailedHealthChecks), 10.0.1.10 is unhealthy');
    expect(Reason).toContain('look at security groups and routes');
    expect(now).toBeLessThan(600_000 - 30_000);
  });

  test('fails at once where no controller is active', async () => {
    aws.controllers = { '10.0.0.10': 'Creating' };
    const { Status, Reason } = await ask('Create');
    expect([Status, Reason]).toEqual(['FAILED', expect.stringContaining('10.0.0.10 is Creating')]);
    expect([now, aws.changes]).toEqual([0, []]);
  });

  test('all pages of the list count', async () => {
    aws.controllers = { '10.0.0.10': 'Active', '10.0.1.10': 'Active', '10.0.1.11': 'Active' };
    aws.pageSize = 1;
    aws.healthOf = { '10.0.1.11': ['healthy'] };
    expect(await ask('Create')).toMatchObject({ Status: 'SUCCESS' });
    expect(Object.keys(aws.targets!)).toHaveLength(3);
  });

  test('of a directory that exists: its addresses, where it is', async () => {
    aws.controllers = undefined;
    aws.healthOf = { '192.168.0.1': ['healthy'] };
    const there = { DirectoryId: '', Addresses: ['192.168.0.1', '192.168.0.2'], AvailabilityZone: 'all' };
    expect(await ask('Create', there)).toMatchObject({ Status: 'SUCCESS' });
    expect(aws.changes).toEqual(['+192.168.0.1', '+192.168.0.2']);
    expect(aws.zones).toMatchObject({ '192.168.0.1': 'all' });
  });

  test.each([
    ['TargetGroupArn', `${GROUP_ARN}/../other`],
    ['DirectoryId', 'd-0123456789,d-9876543210'],
    ['AvailabilityZone', 'us-west-2a'],
    ['Addresses', ['10.0.0.10', 'http://evil']],
  ])('is refused with %s %j, which no template sends, and nothing is asked of AWS', async (name, value) => {
    const before = vi.fn();
    aws.before = before;
    expect(await ask('Create', { [name]: value })).toMatchObject({ Status: 'FAILED' });
    expect(before).not.toHaveBeenCalled();
  });
});

describe('an update', () => {
  beforeEach(() => {
    stack.status = 'UPDATE_IN_PROGRESS';
  });

  test('takes old targets away only when a new one answers', async () => {
    aws.targets = { '10.0.9.9': 'healthy' };
    const seen: string[] = [];
    aws.before = (operation) => seen.push(`${operation} ${aws.targets!['10.0.0.10'] ?? ''}`);
    aws.healthOf = { '10.0.0.10': ['initial', 'initial', 'healthy'] };
    expect(await ask('Update')).toMatchObject({ Status: 'SUCCESS' });
    expect(aws.changes).toEqual(['+10.0.0.10', '+10.0.1.10', '-10.0.9.9']);
    expect(seen.at(-1)).toBe('DeregisterTargets healthy');
  });

  test('registers again what is just being taken away', async () => {
    aws.targets = { '10.0.0.10': 'draining', '10.0.1.10': 'draining' };
    aws.healthOf = { '10.0.0.10': ['draining', 'healthy'] };
    expect(await ask('Update')).toMatchObject({ Status: 'SUCCESS' });
    expect(aws.changes).toEqual(['+10.0.0.10', '+10.0.1.10']);
  });

  test('while it is rolled back, nothing is waited for and nothing makes it fail', async () => {
    stack.status = 'UPDATE_ROLLBACK_IN_PROGRESS';
    aws.targets = { '10.0.0.10': 'unhealthy', '10.0.1.10': 'unhealthy', '10.0.9.9': 'unhealthy' };
    expect(await ask('Update')).toMatchObject({ Status: 'SUCCESS' });
    aws.controllers = undefined;
    expect(await ask('Update')).toMatchObject({ Status: 'SUCCESS' });
    expect([now, aws.changes]).toEqual([0, []]);
  });
});

test('a delete asks for nothing: the targets go with their group', async () => {
  aws.targets = undefined;
  aws.controllers = undefined;
  expect(await ask('Delete')).toMatchObject({ Status: 'SUCCESS' });
});

describe('a run by the schedule', () => {
  beforeEach(() => {
    stack.status = 'CREATE_COMPLETE';
  });

  test('adds a new controller, and takes one that is gone away', async () => {
    aws.targets = { '10.0.0.10': 'healthy', '10.0.9.9': 'healthy' };
    await scheduled();
    expect(aws.changes).toEqual(['+10.0.1.10', '-10.0.9.9']);
  });

  test('changes nothing where nothing has changed', async () => {
    aws.targets = { '10.0.0.10': 'healthy', '10.0.1.10': 'unhealthy' };
    await scheduled();
    expect(aws.changes).toEqual([]);
  });

  test('a controller that is being worked on stays', async () => {
    aws.controllers = { '10.0.0.10': 'Active', '10.0.1.10': 'Impaired', '10.0.1.11': 'Deleting' };
    aws.targets = { '10.0.0.10': 'healthy', '10.0.1.10': 'healthy', '10.0.1.11': 'healthy' };
    await scheduled();
    expect(aws.changes).toEqual(['-10.0.1.11']);
  });

  test('leaves the last healthy target to the run that finds another one healthy', async () => {
    aws.targets = { '10.0.9.9': 'healthy' };
    await scheduled();
    expect(aws.targets).toEqual({ '10.0.9.9': 'healthy', '10.0.0.10': 'initial', '10.0.1.10': 'initial' });
    aws.targets['10.0.1.10'] = 'healthy';
    await scheduled();
    expect(aws.targets).toEqual({ '10.0.0.10': 'initial', '10.0.1.10': 'healthy' });
  });

  test('no answer of AWS makes it take the last healthy target away', async () => {
    const states = ['healthy', 'unhealthy', 'initial', 'draining', 'unavailable'];
    const statuses = ['Active', 'Impaired', 'Deleting', 'Deleted', 'Failed', 'Creating', 'Restoring', 'Updating'];
    const random = seeded(20_261_127);
    const some = (of: readonly string[]) =>
      Object.fromEntries(
        [1, 2, 3, 4].filter(() => random(2) === 1).map((n) => [`10.0.0.${n}`, of[random(of.length)]!]),
      );
    for (let run = 0; run < 300; run++) {
      aws.reset();
      aws.controllers = some(statuses);
      aws.targets = some(states);
      const healthy = () => Object.values(aws.targets!).filter((state) => state === 'healthy').length;
      const [before, was] = [healthy(), JSON.stringify([aws.controllers, aws.targets])];
      await scheduled().catch(() => {});
      expect(Math.min(before, 1), was).toBeLessThanOrEqual(healthy());
    }
  });

  test.each(['DescribeDomainControllers', 'DescribeTargetHealth', 'RegisterTargets', 'DeregisterTargets'])(
    'that is stopped at %s is made good by the next',
    async (operation) => {
      aws.targets = { '10.0.0.10': 'healthy', '10.0.9.9': 'healthy' };
      aws.refused = operation;
      await expect(scheduled()).rejects.toThrow();
      aws.refused = undefined;
      await scheduled();
      expect(Object.keys(aws.targets!).toSorted()).toEqual(['10.0.0.10', '10.0.1.10']);
    },
  );

  test('does nothing when the stack is going, the directory is gone or the group is', async () => {
    stack.status = 'DELETE_IN_PROGRESS';
    const before = vi.fn();
    aws.before = before;
    await scheduled();
    expect(before).not.toHaveBeenCalled();
    stack.status = 'CREATE_COMPLETE';
    aws.controllers = undefined;
    await scheduled();
    aws.reset();
    aws.targets = undefined;
    await scheduled();
    expect(aws.changes).toEqual([]);
  });

  test('fails, so that somebody is told, where the directory has no active controller', async () => {
    aws.controllers = { '10.0.0.10': 'Failed' };
    aws.targets = { '10.0.0.10': 'healthy' };
    await expect(scheduled()).rejects.toThrow('10.0.0.10 is Failed');
    expect(aws.changes).toEqual([]);
  });
});

/** Numbers below a limit, the same ones for a seed. */
function seeded(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}
