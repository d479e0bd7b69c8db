import * as sdk from '@aws-sdk/client-cloudformation';
import { expect, test } from 'vitest';
import { firstCauses } from '../../src/deploy/causes.ts';
import type { ResourceEvent } from '../../src/deploy/events.ts';
import type { StackNow, Stacks } from '../../src/deploy/stacks.ts';
import { watchStack } from '../../src/deploy/watch.ts';

const PARENT = 'arn:aws:cloudformation:us-west-2:111122223333:stack/lab/1';
const INNER = 'arn:aws:cloudformation:us-west-2:111122223333:stack/lab-Inner-2/2';
const DEEP = 'arn:aws:cloudformation:us-west-2:111122223333:stack/lab-Inner-2-Deep/3';

/** What happened, by second: of which stack, to what, and how it is called physically. */
const HAPPENED: readonly (readonly [stack: string, id: string, status: string, physical: string, reason?: string])[] = [
  [INNER, 'Old', 'CREATE_FAILED', 'i-0', 'of a run before'],
  [PARENT, 'lab', 'UPDATE_IN_PROGRESS', PARENT],
  [PARENT, 'Inner', 'UPDATE_IN_PROGRESS', INNER],
  [INNER, 'lab-Inner-2', 'UPDATE_IN_PROGRESS', INNER],
  [INNER, 'Deep', 'CREATE_IN_PROGRESS', DEEP],
  [DEEP, 'lab-Inner-2-Deep', 'CREATE_IN_PROGRESS', DEEP],
  [DEEP, 'Broken', 'CREATE_FAILED', '', 'no capacity'],
  [DEEP, 'lab-Inner-2-Deep', 'ROLLBACK_IN_PROGRESS', DEEP],
  [INNER, 'Deep', 'CREATE_FAILED', DEEP, `Embedded stack ${DEEP} was not successfully created: Broken failed`],
  [PARENT, 'Inner', 'UPDATE_FAILED', INNER, `Embedded stack ${INNER} was not successfully updated`],
  [PARENT, 'lab', 'UPDATE_ROLLBACK_IN_PROGRESS', PARENT, 'The following resource(s) failed to update: [Inner].'],
  [PARENT, 'lab', 'UPDATE_ROLLBACK_COMPLETE', PARENT],
];

const nameOf = (arn: string) => arn.split('/')[1]!;

/** CloudFormation, as far as watching asks it: each look finds three events more, two a page. */
function fakeStacks(): Stacks & { readonly asked: string[] } {
  let known = 2;
  const asked: string[] = [];
  const eventsOf = (stack: string): readonly sdk.StackEvent[] =>
    HAPPENED.slice(0, known)
      .map(([of, id, status, physical, reason], second) => ({
        ...{ of, EventId: `${second}`, StackId: of, StackName: nameOf(of), LogicalResourceId: id },
        ...{ PhysicalResourceId: physical, ResourceStatus: status as sdk.ResourceStatus, ResourceStatusReason: reason },
        ResourceType: physical.startsWith('arn:') ? 'AWS::CloudFormation::Stack' : 'AWS::EC2::Instance',
        Timestamp: new Date(Date.UTC(2026, 0, 1, 12, 0, second)),
      }))
      .filter(({ of }) => of === stack)
      .reverse();
  const send = async ({ input }: sdk.DescribeStackEventsCommand) => {
    const from = Number(input.NextToken ?? 0);
    asked.push(nameOf(input.StackName!));
    const all = eventsOf(input.StackName!);
    return { StackEvents: all.slice(from, from + 2), ...(from + 2 < all.length && { NextToken: `${from + 2}` }) };
  };
  return {
    ...{
      sdk,
      asked,
      client: { send } as unknown as sdk.CloudFormationClient,
      place: { region: 'us-west-2', endpointUrl: undefined },
    },
    ask: (_, act) => act(),
    async describe() {
      const status = known >= HAPPENED.length ? 'UPDATE_ROLLBACK_COMPLETE' : 'UPDATE_IN_PROGRESS';
      known = Math.min(HAPPENED.length, known + 3);
      return { name: 'lab', id: PARENT, status } as StackNow;
    },
    close() {},
  };
}

test('nested stacks are watched however deep, each event once and in order, and theirs is the cause', async () => {
  const stacks = fakeStacks();
  const told: ResourceEvent[] = [];
  const watch = { stackId: PARENT, onEvent: (event: ResourceEvent) => told.push(event), onTrouble: expect.fail };
  const { stack, events } = await watchStack(stacks, { ...watch, pause: () => 0 });
  expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(events).toEqual(told);
  // All but what an earlier run did in a nested stack.
  expect(told.map(({ stack: of, id, status }) => `${of} ${id} ${status}`)).toEqual(
    HAPPENED.slice(1).map(([of, id, status]) => `${nameOf(of)} ${id} ${status}`),
  );
  expect(told.filter(({ isStack }) => isStack).map(({ status }) => status)).toEqual([
    'UPDATE_IN_PROGRESS',
    'UPDATE_ROLLBACK_IN_PROGRESS',
    'UPDATE_ROLLBACK_COMPLETE',
  ]);
  expect(firstCauses(told)).toMatchObject([{ stack: 'lab-Inner-2-Deep', resource: 'Broken', reason: 'no capacity' }]);
  expect(new Set(stacks.asked)).toEqual(new Set(['lab', 'lab-Inner-2', 'lab-Inner-2-Deep']));
});
