import type { S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { openClient } from '../../cloud/client.ts';
import { objectUrl, type S3Target } from '../../release/target.ts';
import { s3Refusal } from './s3-errors.ts';

/** A bucket, and a client of the AWS SDK that speaks to it. */
export interface S3Connection {
  readonly sdk: typeof import('@aws-sdk/client-s3');
  readonly client: S3Client;
  readonly target: S3Target;
  /** What every request says of the bucket: its name, and the account that must own it. */
  readonly bucket: { readonly Bucket: string; readonly ExpectedBucketOwner?: string };
  /**
   * Waits for an answer; undefined for one of S3's answers that the caller makes sense of.
   * @param doing as in "Could not …"
   * @throws Refusal with a code for what else S3, or the way to it, answers
   */
  ask<T>(doing: string, request: Promise<T>, ...expected: readonly string[]): Promise<T | undefined>;
}

/**
 * Connects with the credentials that the AWS SDK finds. Loads the SDK, and asks nothing of S3 yet.
 * @param owner account that must own the bucket: S3 itself refuses any other's
 */
export async function connectS3(target: S3Target, owner?: string): Promise<S3Connection> {
  const { region, endpointUrl } = target;
  const place = {
    service: 'S3' as const,
    region,
    ...(endpointUrl !== undefined && { endpointUrl }),
    url: objectUrl(target, ''),
  };
  const { sdk, client } = await openClient(
    place,
    () => import('@aws-sdk/client-s3'),
    ({ S3Client }, settings) =>
      new S3Client({
        ...settings,
        forcePathStyle: endpointUrl !== undefined,
        requestChecksumCalculation: 'WHEN_REQUIRED',
        responseChecksumValidation: 'WHEN_REQUIRED',
      }),
  );

  async function ask<T>(doing: string, request: Promise<T>, ...expected: readonly string[]): Promise<T | undefined> {
    try {
      return await request;
    } catch (failure) {
      if (expected.includes((failure as Error).name)) return undefined;
      const foreign = owner !== undefined && (await isForeign(failure as S3ServiceException));
      throw s3Refusal(failure, { target, doing, ...(foreign && { owner }) });
    }
  }

  /** S3 answers a wrong owner as it answers a missing permission; the same question without the condition tells them apart. */
  async function isForeign({ $metadata }: S3ServiceException): Promise<boolean> {
    if ($metadata?.httpStatusCode !== 403) return false;
    const question = new sdk.ListObjectsV2Command({ Bucket: target.bucket, Prefix: target.prefix, MaxKeys: 1 });
    return client.send(question).then(
      () => true,
      () => false,
    );
  }

  const bucket = { Bucket: target.bucket, ...(owner !== undefined && { ExpectedBucketOwner: owner }) };
  return { sdk, client, target, bucket, ask };
}
