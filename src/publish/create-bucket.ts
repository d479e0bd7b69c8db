import { refuse } from '../diagnostics/refusal.ts';
import type { S3Target } from '../release/target.ts';
import { type Audience, parseAudience } from './audience/audience.ts';
import { type BucketPolicy, bucketPolicy } from './audience/bucket-policy.ts';
import { bucketOf, type S3Bucket } from './stores/s3-bucket.ts';
import { connectS3 } from './stores/s3-client.ts';

/** What was made. */
export interface CreatedBucket {
  readonly bucket: string;
  readonly region: string;
  /** Whether the bucket is new: it may be there already, from a run that was interrupted. */
  readonly created: boolean;
  readonly policy: BucketPolicy;
}

/**
 * Makes a bucket for releases: private but for its policy, with versions kept. Run again after an interruption it
 * completes what it began; a bucket that is in use already it leaves as it is.
 * @param audience `public`, `org:o-…` or `accounts:ID,…`
 * @param pageOrigin where the launch page is opened: its script may read what is public in the bucket
 * @throws Refusal PL4056 for a bucket of the account that is in use, PL4057 for a name that is taken, and those of S3
 */
export async function createBucket(
  target: S3Target,
  audience: string = 'public',
  pageOrigin?: string,
): Promise<CreatedBucket> {
  const readers = parseAudience(audience);
  const policy = bucketPolicy(target, readers);
  const connection = await connectS3(target);
  try {
    const bucket = bucketOf(connection);
    const exists = await bucket.exists();
    if (exists) await checkUnused(bucket, target, policy);
    else await bucket.create();
    await furnish(bucket, readers, policy);
    if (pageOrigin !== undefined) await bucket.setReadingOrigin(pageOrigin);
    return { bucket: target.bucket, region: target.region, created: !exists, policy };
  } finally {
    connection.client.destroy();
  }
}

/** Block Public Access first: S3 refuses a policy for everyone while it is on, as it is in a new bucket. */
async function furnish(bucket: S3Bucket, audience: Audience, policy: BucketPolicy): Promise<void> {
  const closed = audience.kind !== 'public';
  await bucket.setPublicAccessBlock({ blockPublicPolicy: closed, restrictPublicBuckets: closed });
  await bucket.enableVersioning();
  await bucket.setPolicy(JSON.stringify(policy));
}

/** Nobody's bucket is opened to everyone because its name was given here. */
async function checkUnused(bucket: S3Bucket, target: S3Target, policy: BucketPolicy): Promise<void> {
  const text = await bucket.policy();
  if (text !== undefined && isSame(JSON.parse(text), policy)) return;
  if (text === undefined && (await bucket.isEmpty())) return;
  throw refuse({
    code: 'PL4056',
    message: `The bucket ${target.bucket} exists already, and ${text === undefined ? 'has objects in it' : 'has a policy of its own'}.`,
    hint: `Choose another name, or add these statements to its policy yourself:\n${JSON.stringify(policy.Statement, null, 2)}`,
  });
}

/** Compares JSON whose keys may come in another order, as S3 gives a policy back. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
