import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Code } from '../../src/functions/lib/declaration.ts';
import { awsJson } from '../support/aws-cli.ts';
import { type Ministack, startMinistack } from '../support/ministack.ts';
import { hasPython } from '../support/python-tools.ts';
import { createStack, deleteStack, type Stack, stackEvents, stackResources, updateStack } from '../support/stacks.ts';
import { type Note, noteCode, noteTemplate } from './note/template.ts';

const BUCKET = 'notes';
const SCHEDULED = 'scheduled-notes';
const LINES = ['one', 'two'];

// What every function can rely on, shown with one that keeps a note in a bucket (note/handler.ts), on CloudFormation.
describe.skipIf(!hasPython())('a declared function', () => {
  let ministack: Ministack;
  let code: Code<'keep-note'>;
  let stacks = 0;
  /** Its first run is a minute later: by then the other tests have passed. */
  let scheduled: Stack;
  beforeAll(async () => {
    [ministack, code] = await Promise.all([startMinistack(), noteCode()]);
    const place = ['--create-bucket-configuration', 'LocationConstraint=us-west-2'];
    for (const bucket of [BUCKET, SCHEDULED]) await cli('s3api', 'create-bucket', '--bucket', bucket, ...place);
    scheduled = await create({ name: 'a', lines: LINES }, SCHEDULED);
  });
  afterAll(() => ministack?.stop());
  beforeEach(async () => {
    for (const key of await keys()) await cli('s3api', 'delete-object', '--bucket', BUCKET, '--key', key);
  });

  const cli = (...args: readonly string[]) => awsJson<any>(args, ministack.aws);
  const keys = async (bucket = BUCKET): Promise<readonly string[]> => {
    const { Contents = [] } = (await cli('s3api', 'list-objects-v2', '--bucket', bucket)) ?? {};
    return Contents.map(({ Key }: { Key: string }) => Key);
  };
  const create = (note: Note, bucket = BUCKET) =>
    createStack({ name: `stack-${stacks++}`, template: noteTemplate(code, bucket, note) }, ministack.aws);
  const update = (stack: Stack, note: Note) => {
    const name = /stack[/]([^/]+)/.exec(stack.id)![1]!;
    return updateStack({ name, template: noteTemplate(code, BUCKET, note) }, ministack.aws);
  };
  const reasons = async (stack: Stack) => {
    const events = await stackEvents(stack, ministack.aws);
    const failed = events.filter(({ LogicalResourceId, ResourceStatus }) => {
      return LogicalResourceId === 'Note' && ResourceStatus.endsWith('_FAILED');
    });
    return failed.map(({ ResourceStatusReason }) => ResourceStatusReason);
  };

  test('makes its thing, changes it, makes another for it and deletes the first, deletes it', async () => {
    const made = await create({ name: 'a', lines: LINES });
    expect(made).toMatchObject({ status: 'CREATE_COMPLETE', outputs: { Place: `s3://${BUCKET}/note-a` } });
    expect(await stackResources(made, ministack.aws)).toMatchObject({ Note: 'note-a' });
    expect(await keys()).toEqual(['note-a']);

    expect((await update(made, { name: 'a', lines: ['three'] })).status).toBe('UPDATE_COMPLETE');
    expect(await keys()).toEqual(['note-a']);

    const replaced = await update(made, { name: 'b', lines: LINES });
    expect(replaced).toMatchObject({ status: 'UPDATE_COMPLETE', outputs: { Place: `s3://${BUCKET}/note-b` } });
    expect(await keys()).toEqual(['did/delete/note-a', 'note-b']);

    expect((await deleteStack(replaced, ministack.aws)).status).toBe('DELETE_COMPLETE');
    expect(await keys()).toEqual(['did/delete/note-a', 'did/delete/note-b']);
  });

  test('a creation that made nothing says why, and deletes nothing', async () => {
    const stack = await create({ name: 'a', lines: ['refuse'] });
    expect(stack.status).toBe('ROLLBACK_COMPLETE');
    expect(await reasons(stack)).toEqual([expect.stringMatching(/^a is refused[.] [(]Log: .+[)]$/)]);
    expect(await keys()).toEqual([]);
  });

  test('a creation that fails half way deletes what it made', async () => {
    const stack = await create({ name: 'a', lines: ['break'] });
    expect(stack.status).toBe('ROLLBACK_COMPLETE');
    expect(await reasons(stack)).toEqual([expect.stringMatching(/^Error: broken [(]Log/)]);
    expect(await keys()).toEqual(['did/delete/note-a']);
  });

  test('when its time runs out it says so itself, with what to do, and deletes what it made', async () => {
    const stack = await create({ name: 'a', lines: ['hang'] });
    expect(stack.status).toBe('ROLLBACK_COMPLETE');
    expect(await reasons(stack)).toEqual([
      expect.stringMatching(/^It took longer than 2 seconds[.] Write less[.] [(]Log/),
    ]);
    expect(await keys()).toEqual(['did/delete/note-a']);
  });

  test('a reason is cut to what CloudFormation takes', async () => {
    const stack = await create({ name: 'a', lines: ['complain'] });
    expect(stack.status).toBe('ROLLBACK_COMPLETE');
    const [reason] = await reasons(stack);
    expect(reason).toMatch(/^é+…$/);
    expect(Buffer.byteLength(reason!)).toBeLessThan(4096);
    expect(Buffer.byteLength(reason!)).toBeGreaterThan(3000);
  });

  test('an update that fails goes back by its own way', async () => {
    const made = await create({ name: 'a', lines: LINES });
    const after = await update(made, { name: 'a', lines: ['refuse'] });
    expect(after).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE', outputs: made.outputs });
    expect(await reasons(after)).toEqual([expect.stringContaining('a is refused.')]);
    expect(await keys()).toEqual(['did/go-back', 'note-a']);
    await deleteStack(after, ministack.aws);
  });

  test('by its schedule it runs for the thing that it keeps, and the schedule goes first', async () => {
    const resources = await stackResources(scheduled, ministack.aws);
    const [group, name] = [resources['KeepNoteScheduleGroup']!, resources['KeepNoteSchedule']!];
    const { Target } = await cli('scheduler', 'get-schedule', '--group-name', group, '--name', name);
    const event = { StackId: scheduled.id, PhysicalResourceId: 'note-a', Properties: { Bucket: SCHEDULED } };
    expect(JSON.parse(Target.Input)).toEqual(event);
    const ran = async () => (await keys(SCHEDULED)).includes('did/run/note-a');
    for (const end = Date.now() + 120_000; !(await ran()) && Date.now() < end; ) await sleep(1_000);
    expect(await keys(SCHEDULED)).toEqual(['did/run/note-a', 'note-a']);

    await deleteStack(scheduled, ministack.aws);
    const events = await stackEvents(scheduled, ministack.aws);
    const deleted = events.filter((event) => event.ResourceStatus === 'DELETE_COMPLETE').reverse();
    const place = (id: string) => deleted.findIndex((event) => event.LogicalResourceId === id);
    expect(place('KeepNoteSchedule')).toBeLessThan(place('Note'));
    expect(place('Note')).toBeLessThan(place('KeepNoteFunction'));
    expect(place('KeepNoteSchedule')).toBeGreaterThan(-1);
  });
});
