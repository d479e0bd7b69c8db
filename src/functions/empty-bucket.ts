import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DeleteObjectsCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { Fault } from './fault.ts';

/** The stack is being deleted, or its creation rolled back. In any other state only this resource goes, and the bucket stays in use. */
const GOING = ['DELETE_IN_PROGRESS', 'ROLLBACK_IN_PROGRESS'];

/** Whether the whole stack goes. */
export async function isStackGoing(stackId: string): Promise<boolean> {
  const { Stacks } = await new CloudFormationClient({}).send(new DescribeStacksCommand({ StackName: stackId }));
  return GOING.includes(Stacks?.[0]?.StackStatus ?? '');
}

/** Deletes every version of every object. A bucket that is gone already is empty. */
export async function emptyBucket(bucket: string): Promise<void> {
  const s3 = new S3Client({});
  try {
    // A page holds at most 1,000 versions and markers, and so many can be deleted at once.
    for (;;) {
      const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket }));
      const objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
      if (objects.length === 0) return;
      const command = new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: objects, Quiet: true } });
      const [left] = (await s3.send(command)).Errors ?? [];
      if (left) throw new Fault(`Cannot delete s3://${bucket}/${left.Key} (${left.Code}). Empty the bucket by hand.`);
    }
  } catch (thrown) {
    if ((thrown as Error).name !== 'NoSuchBucket') throw thrown;
  }
}
