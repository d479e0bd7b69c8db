import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Declaration } from '../../src/functions/lib/declaration.ts';
import { defineSchedule } from '../../src/functions/lib/define-schedule.ts';
import { awsEnvironment } from '../support/aws-cli.ts';
import { type DescribedStack, STACK_ID, startDescribedStack } from '../support/described-stack.ts';

type Look = Declaration & {
  readonly schedule: { readonly expression: 'rate(1 hour)'; readonly properties: { Name: 'text' } };
};

let stack: DescribedStack;
beforeAll(async () => {
  stack = await startDescribedStack();
  for (const [name, value] of Object.entries(awsEnvironment({ endpointUrl: stack.url }))) vi.stubEnv(name, value);
  vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true');
  vi.spyOn(console, 'log').mockImplementation(() => {});
});
afterAll(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await stack.stop();
});
beforeEach(() => {
  stack.status = 'CREATE_COMPLETE';
});

const run = vi.fn(async () => {});
beforeEach(() => run.mockReset());

const ran = (remaining = 60_000) => {
  const handler = defineSchedule<Look>({ whenLate: 'Look at less.', whenGone: ['NoSuchThing'], run });
  const event = { StackId: STACK_ID, PhysicalResourceId: 'thing-1', Properties: { Name: 'a' } };
  return handler(event, { getRemainingTimeInMillis: () => remaining });
};

test('a run knows its properties and the thing', async () => {
  await ran();
  expect(run).toHaveBeenCalledExactlyOnceWith({ Name: 'a' }, { stop: expect.any(AbortSignal), physicalId: 'thing-1' });
});

test.each(['DELETE_IN_PROGRESS', 'DELETE_COMPLETE', 'ROLLBACK_IN_PROGRESS', 'ROLLBACK_COMPLETE'])(
  'a run does nothing when its stack is in %s',
  async (status) => {
    stack.status = status;
    await ran();
    expect(run).not.toHaveBeenCalled();
  },
);

test('a run does nothing when its thing is gone, and any other failure is thrown', async () => {
  run.mockRejectedValueOnce(Object.assign(new Error('gone'), { name: 'NoSuchThing' }));
  await ran();
  expect(console.log).toHaveBeenCalledWith('Schedule: nothing to do, for what it works on is gone');
  run.mockRejectedValueOnce(new Error('broken'));
  await expect(ran()).rejects.toThrow('broken');
});

test('a run whose time is short is stopped', async () => {
  run.mockImplementationOnce(() => new Promise(() => {}));
  await expect(ran(15_600)).rejects.toThrow('It took longer than 1 seconds. Look at less.');
});
