import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assetsOf, copiesOf } from '../support/assets.ts';
import { hasPython } from '../support/python-tools.ts';
import { createStack, deleteStack, type Stack, stackEvents, updateStack } from '../support/stacks.ts';
import { type Launcher, RELEASES, startLauncher, type Templates } from './launcher.ts';

const GOOD = assetsOf({ 'on_init_complete.sh': '#!/usr/bin/env bash\necho 1\n' });
const SPOILED = assetsOf({ 'on_init_complete.sh': '#!/usr/bin/env bash\necho 2\n' });

describe.skipIf(!hasPython())('a release that somebody changed after it was published', () => {
  let launcher: Launcher;
  let good: Templates;
  let spoiled: Templates;

  beforeAll(async () => {
    launcher = await startLauncher();
    good = await launcher.publish(GOOD);
    spoiled = await launcher.publish(SPOILED);
    const { Parameters } = spoiled.prerequisites.value as any;
    const key = `${Parameters.ReleaseKeyPrefix.Default}lifecycle-scripts/on_init_complete.sh`;
    await launcher.cli('s3api', 'put-object', '--bucket', RELEASES.bucketName, '--key', key, '--body', 'package.json');
  });
  afterAll(() => launcher?.stop());

  const reasonOf = async (stack: Stack) => {
    const events = await stackEvents(stack, launcher.aws);
    const failed = events.filter(({ ResourceStatus }) => /^(CREATE|UPDATE)_FAILED$/.test(ResourceStatus));
    return failed.map((event) => `${event.LogicalResourceId}: ${event.ResourceStatusReason}`).join('\n');
  };
  const buckets = async () =>
    (await launcher.cli('s3api', 'list-buckets')).Buckets.map((bucket: { Name: string }) => bucket.Name);

  test('a creation fails with what to do, and is rolled back whole', async () => {
    const template = spoiled.prerequisites.text;
    const stack = await createStack({ name: 'prerequisites', template }, launcher.aws);
    expect(stack.status).toBe('ROLLBACK_COMPLETE');
    const reason = await reasonOf(stack);
    expect(reason).toMatch(/^Assets: .*not the file that assets.json lists.*publish the release again/);
    expect(reason).toMatch(/\(Log: .+ .+\)/);
    expect(await buckets()).toEqual([RELEASES.bucketName]);
    expect((await launcher.cli('iam', 'list-roles')).Roles).toEqual([]);
    expect((await launcher.cli('lambda', 'list-functions')).Functions).toEqual([]);
    expect((await launcher.cli('fsx', 'describe-file-systems')).FileSystems).toEqual([]);
    await deleteStack(stack, launcher.aws);
  });

  test('an update fails, the old scripts stay, and the stack goes on as it was', async () => {
    const before = await createStack({ name: 'prerequisites', template: good.prerequisites.text }, launcher.aws);
    expect(before.status).toBe('CREATE_COMPLETE');
    const after = await updateStack({ name: 'prerequisites', template: spoiled.prerequisites.text }, launcher.aws);
    expect(after.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await reasonOf(after)).toContain('not the file that assets.json lists');
    expect(after.outputs).toEqual(before.outputs);
    const bucket = before.outputs['NodeBucketName']!;
    const { Contents } = await launcher.cli('s3api', 'list-objects-v2', '--bucket', bucket);
    expect(Contents.map(({ Key }: any) => Key)).toEqual(Object.keys(copiesOf(GOOD)).sort());

    // The file system stays, and is in a subnet: as docs/clean-up.md says, it goes first.
    const [{ FileSystemId }] = (await launcher.cli('fsx', 'describe-file-systems')).FileSystems;
    await launcher.cli('fsx', 'delete-file-system', '--file-system-id', FileSystemId);
    expect(await deleteStack(after, launcher.aws)).toMatchObject({ status: 'DELETE_COMPLETE' });
    expect(await buckets()).toEqual([RELEASES.bucketName]);
  });
});
