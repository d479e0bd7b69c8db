import { type CopyProperties, copyRelease } from './copy-release.ts';
import { type Answer, answer, type Request } from './custom-resource.ts';
import { emptyBucket, isStackGoing } from './empty-bucket.ts';
import { reasonOf } from './fault.ts';

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
 * before its time runs out.
 */
export async function handler(request: Request<CopyProperties>, context: Context): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const outOfTime = new Promise<Answer>((resolve) => {
    const reason = 'The copy took too long. Try again: what was copied need not be copied again.';
    timer = setTimeout(() => resolve(failed(reason, context)), context.getRemainingTimeInMillis() - RESERVE);
  });
  const done = work(request).catch((thrown) => failed(reasonOf(thrown), context));
  const result = await Promise.race([done, outOfTime]);
  clearTimeout(timer);
  console.log(`${request.RequestType}: ${result.Status} ${result.Reason ?? ''}`);
  await answer(request, PHYSICAL_ID, result);
}

async function work({ RequestType, StackId, ResourceProperties }: Request<CopyProperties>): Promise<Answer> {
  if (RequestType === 'Delete') {
    if (await isStackGoing(StackId)) await emptyBucket(ResourceProperties.Bucket);
  } else if (ResourceProperties.SourceBucket !== '') {
    await copyRelease(ResourceProperties);
  }
  return { Status: 'SUCCESS' };
}

function failed(reason: string, { logGroupName, logStreamName }: Context): Answer {
  return { Status: 'FAILED', Reason: `${reason} (Log: ${logGroupName} ${logStreamName})` };
}
