import { DeleteObjectsCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { Fault } from '../lib/fault.ts';
import { retry } from '../lib/retry.ts';

/** Deletes every version of every object. A bucket that is gone already is empty. */
export async function emptyBucket(bucket: string, stop: AbortSignal): Promise<void> {
  const s3 = new S3Client({});
  // A page has at most 1,000 versions and markers, and so many can be deleted at once.
  const deletePage = async (): Promise<boolean> => {
    const page = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket }), { abortSignal: stop });
    const objects = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
    if (objects.length === 0) return false;
    const Objects = objects.map(({ Key, VersionId }) => ({ Key, VersionId }));
    const command = new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } });
    const [left] = (await s3.send(command, { abortSignal: stop })).Errors ?? [];
    if (left) throw new Fault(`Cannot delete s3://${bucket}/${left.Key} (${left.Code}). Empty the bucket by hand.`);
    return true;
  };
  try {
    while (await retry(stop, deletePage));
  } catch (thrown) {
    if ((thrown as Error).name !== 'NoSuchBucket') throw thrown;
  }
}
