import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Declaration } from '../../src/functions/lib/declaration.ts';
import { defineResource, type ResourceWork } from '../../src/functions/lib/define-resource.ts';
import { Fault } from '../../src/functions/lib/fault.ts';
import { type AnswerServer, startAnswerServer } from '../support/answers.ts';
import { awsEnvironment } from '../support/aws-cli.ts';
import { type DescribedStack, STACK_ID, startDescribedStack } from '../support/described-stack.ts';

type Thing = Declaration & {
  readonly resource: {
    readonly type: 'Custom::Thing';
    readonly properties: { Size: 'text' };
    readonly answers: { Arn: 'text' };
  };
};
type Work = ResourceWork<Thing>;

let answers: AnswerServer;
let stack: DescribedStack;
beforeAll(async () => {
  [answers, stack] = await Promise.all([startAnswerServer(), startDescribedStack()]);
  for (const [name, value] of Object.entries(awsEnvironment({ endpointUrl: stack.url }))) vi.stubEnv(name, value);
  vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true');
  vi.spyOn(console, 'log').mockImplementation(() => {});
});
afterAll(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await Promise.all([answers.stop(), stack.stop()]);
});
beforeEach(() => {
  stack.status = 'UPDATE_IN_PROGRESS';
});

/** Work that makes a thing `thing-1`, but for what is given. */
const work = (given: Partial<Work> = {}): Work => ({
  id: /^thing-/,
  whenLate: 'Ask for less.',
  async create(_, { made }) {
    made('thing-1');
    return { Arn: 'arn' };
  },
  update: async () => ({ Arn: 'arn' }),
  goBack: async () => ({ Arn: 'arn' }),
  async delete() {},
  ...given,
});

/** What CloudFormation is answered. */
async function answered(type: 'Create' | 'Update' | 'Delete', given: Work, physicalId = 'thing-1', remaining = 60_000) {
  const request = {
    RequestType: type,
    ResponseURL: answers.url,
    StackId: STACK_ID,
    RequestId: 'request-1',
    LogicalResourceId: 'Thing',
    ...(type !== 'Create' && { PhysicalResourceId: physicalId }),
    ResourceProperties: { Size: '2' },
    ...(type === 'Update' && { OldResourceProperties: { Size: '1' } }),
  };
  const before = answers.received.length;
  const context = { getRemainingTimeInMillis: () => remaining, logGroupName: 'logs', logStreamName: 'run' };
  await defineResource<Thing>(given)(request, context);
  expect(answers.received).toHaveLength(before + 1);
  return answers.received.at(-1)!;
}

test('a request that wants its answer elsewhere than in S3 does nothing, and nobody is answered', async () => {
  const before = answers.received.length;
  const done: string[] = [];
  const given = work({
    async create(_, { made }) {
      done.push('create');
      made('thing-1');
      return { Arn: 'arn' };
    },
  });
  const elsewhere = answers.url.replace('127.0.0.1', 'localhost');
  const request = { RequestType: 'Create', StackId: STACK_ID, RequestId: 'r', LogicalResourceId: 'Thing' } as const;
  const context = { getRemainingTimeInMillis: () => 60_000, logGroupName: 'logs', logStreamName: 'run' };
  const asked = { ...request, ResponseURL: elsewhere, ResourceProperties: { Size: '2' } };
  await expect(defineResource<Thing>(given)(asked, context)).rejects.toThrow('waits for no answer');
  expect([done, answers.received.length]).toEqual([[], before]);
});

describe('a thing with an id of its own', () => {
  test('is answered with its id and what GetAtt gives', async () => {
    const answer = await answered('Create', work());
    expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'thing-1', Data: { Arn: 'arn' } });
  });

  test('was made before the creation failed: the answer says which', async () => {
    const answer = await answered(
      'Create',
      work({
        create: async (_, { made }) => {
          made('thing-1');
          throw new Fault('It broke.');
        },
      }),
    );
    const Reason = 'It broke. (Log: logs run)';
    expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'thing-1', Reason });
  });

  test('was never made: to delete it is a success without work', async () => {
    const create = vi.fn(() => Promise.reject(new Error('no')));
    const remove = vi.fn(async () => {});
    const { PhysicalResourceId } = await answered('Create', work({ create }));
    expect(await answered('Delete', work({ delete: remove }), PhysicalResourceId)).toMatchObject({ Status: 'SUCCESS' });
    // The id that CloudFormation makes up when no answer came.
    const madeUp = await answered('Delete', work({ delete: remove }), 'stack-Thing-1A2B3C');
    expect(madeUp).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'stack-Thing-1A2B3C' });
    expect(remove).not.toHaveBeenCalled();
    await answered('Delete', work({ delete: remove }));
    expect(remove).toHaveBeenCalledExactlyOnceWith({ Size: '2' }, expect.objectContaining({ physicalId: 'thing-1' }));
  });

  test('must have an id, of the form that was said', async () => {
    const nothing = await answered('Create', work({ create: async () => ({ Arn: 'arn' }) }));
    expect(nothing).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('nothing was made') });
    const create: Work['create'] = async (_, { made }) => {
      made('other-1');
      return { Arn: 'arn' };
    };
    const other = await answered('Create', work({ create }));
    expect(other).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringContaining('other-1 is none of'),
    });
  });
});

test('a thing with a constant id is deleted whatever became of its creation', async () => {
  const remove = vi.fn(async () => {});
  const constant = work({ id: 'the-thing', create: () => Promise.reject(new Error('no')), delete: remove });
  expect(await answered('Create', constant)).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'the-thing' });
  expect(await answered('Delete', constant, 'the-thing')).toMatchObject({ Status: 'SUCCESS' });
  expect(remove).toHaveBeenCalledOnce();
});

describe('an update', () => {
  test('knows the old properties', async () => {
    const update = vi.fn(async () => ({ Arn: 'new' }));
    expect(await answered('Update', work({ update }))).toMatchObject({ Status: 'SUCCESS', Data: { Arn: 'new' } });
    expect(update).toHaveBeenCalledExactlyOnceWith({ Size: '2' }, expect.anything(), { Size: '1' });
  });

  test('that is rolled back goes back by its own way, and never fails the stack', async () => {
    stack.status = 'UPDATE_ROLLBACK_IN_PROGRESS';
    const update = vi.fn(async () => ({ Arn: 'new' }));
    const back = await answered('Update', work({ update }));
    expect(back).toMatchObject({ Status: 'SUCCESS', Data: { Arn: 'arn' } });
    const failing = work({ update, goBack: () => Promise.reject(new Fault('It is locked.')) });
    expect(await answered('Update', failing)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'thing-1' });
    expect(update).not.toHaveBeenCalled();
    expect(console.log).toHaveBeenCalledWith('Update: SUCCESS It is locked. (Log: logs run)');
  });
});

test('when time is short all work is stopped, and the answer says what to do', async () => {
  let stopped = false;
  const create: Work['create'] = async (_, { made, stop }) => {
    made('thing-1');
    await sleep(60_000, undefined, { signal: stop }).finally(() => {
      stopped = true;
    });
    return { Arn: 'arn' };
  };
  const answer = await answered('Create', work({ create }), '', 15_600);
  expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'thing-1' });
  expect(answer.Reason).toBe('It took longer than 1 seconds. Ask for less. (Log: logs run)');
  expect(stopped).toBe(true);
});
