import { type CopyProperties, copyRelease } from './copy-release.ts';
import { type Answer, answer, type Request } from './custom-resource.ts';
import { emptyBucket } from './empty-bucket.ts';
import { Fault, reasonOf } from './fault.ts';
import { isStackGoing, isUpdateRolledBack } from './stack-status.ts';

// What its role must allow (src/parts/asset-copy.ts):
// - s3:GetObject on the release: RELEASE_BUCKET/PREFIX*
// - s3:GetObject, s3:PutObject, s3:DeleteObject, s3:DeleteObjectVersion on the launcher's bucket: BUCKET/*
// - s3:ListBucket (else S3 calls what is missing forbidden) and s3:ListBucketVersions on BUCKET
// - cloudformation:DescribeStacks on its own stack
// - logs:CreateLogStream, logs:PutLogEvents on its log group

/** Constant: a new id would make CloudFormation delete the old one, and with it the scripts of a live cluster. */
const PHYSICAL_ID = 'podlaunch-assets';

/** Time kept back for the answer, in ms. */
const RESERVE = 15_000;

/** What of Lambda's context is used. */
interface Context {
  getRemainingTimeInMillis(): number;
  readonly logGroupName?: string;
  readonly logStreamName?: string;
}

/**
 * The function behind Custom::CopyAssets of the prerequisites. It always answers: also when it fails, and shortly
 * before its time runs out. By then all work has stopped: what is left of it would go on in the next event, which may
 * be the one that empties the bucket.
 */
export async function handler(request: Request<CopyProperties>, context: Context): Promise<void> {
  const time = new AbortController();
  const timer = setTimeout(() => {
    time.abort(new Fault('It took too long. Try again: what has been done need not be done again.'));
  }, context.getRemainingTimeInMillis() - RESERVE);
  const result = await Promise.race([work(request, time.signal), endOf(time.signal)]).catch((thrown) =>
    failed(reasonOf(time.signal.aborted ? time.signal.reason : thrown), context),
  );
  clearTimeout(timer);
  console.log(`${request.RequestType}: ${result.Status} ${result.Reason ?? ''}`);
  await answer(request, PHYSICAL_ID, result);
}

async function work(request: Request<CopyProperties>, stop: AbortSignal): Promise<Answer> {
  const { RequestType, StackId, ResourceProperties } = request;
  if (RequestType === 'Delete') {
    if (await isStackGoing(StackId, stop)) await emptyBucket(ResourceProperties.Bucket, stop);
    return { Status: 'SUCCESS' };
  }
  // A rollback goes back to copies that are still there; the release that they came from may be gone by then.
  const goesBack = RequestType === 'Update' && (await isUpdateRolledBack(StackId, stop));
  if (ResourceProperties.SourceBucket !== '' && !goesBack) await copyRelease(ResourceProperties, stop);
  return { Status: 'SUCCESS' };
}

function endOf(stop: AbortSignal): Promise<never> {
  return new Promise((_, reject) => stop.addEventListener('abort', () => reject(stop.reason)));
}

function failed(reason: string, { logGroupName, logStreamName }: Context): Answer {
  return { Status: 'FAILED', Reason: `${reason} (Log: ${logGroupName} ${logStreamName})` };
}
