import type { ListObjectsV2CommandOutput, S3ServiceException } from '@aws-sdk/client-s3';
import { s3Refusal } from './s3-errors.ts';
import type { FileContent, Store, StoredEntry } from './store.ts';
import { type S3Target, targetName } from './target.ts';

/** How often a write that meets another one on the same key is tried. */
const ATTEMPTS = 5;

/** A bucket as a store, and its policy. */
export interface S3Store extends Store {
  /** The text of the bucket's policy; undefined when it has none. */
  policy(): Promise<string | undefined>;
}

/**
 * Opens a place in S3 with the credentials that the AWS SDK finds. Loads the SDK, and asks nothing of S3 yet.
 * @param owner account that must own the bucket: S3 itself refuses any other's
 */
export async function openS3Store(target: S3Target, owner?: string): Promise<S3Store> {
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const sdk = await import('@aws-sdk/client-s3');
  const client = new sdk.S3Client({
    region: target.region,
    ...(target.endpointUrl !== undefined && { endpoint: target.endpointUrl, forcePathStyle: true }),
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 60_000, throwOnRequestTimeout: true },
  });
  const bucket = { Bucket: target.bucket, ...(owner !== undefined && { ExpectedBucketOwner: owner }) };
  const keyOf = (key: string): string => target.prefix + key;

  /** Waits for an answer; a failure becomes a Refusal, unless it is one of S3's answers that the caller makes sense of. */
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

  /** Asks for all pages of a listing. */
  async function pages(prefix: string, Delimiter?: string): Promise<readonly ListObjectsV2CommandOutput[]> {
    const input = { ...bucket, Prefix: keyOf(prefix), Delimiter };
    const all: ListObjectsV2CommandOutput[] = [];
    for (let token: string | undefined; all.length === 0 || token !== undefined; ) {
      const command = new sdk.ListObjectsV2Command({ ...input, ContinuationToken: token });
      const page = await ask('list what is published', client.send(command));
      all.push(page!);
      token = page!.IsTruncated ? page!.NextContinuationToken : undefined;
    }
    return all;
  }

  /** Writes under a condition; false when it does not hold. Two writes at once on one key make S3 ask to try again. */
  async function put(key: string, file: FileContent, condition: object, CacheControl: string): Promise<boolean> {
    const command = new sdk.PutObjectCommand({
      ...bucket,
      ...condition,
      Key: keyOf(key),
      Body: file.bytes,
      ContentType: file.mediaType,
      CacheControl,
      ChecksumAlgorithm: 'SHA256',
      ChecksumSHA256: Buffer.from(file.sha256, 'hex').toString('base64'),
    });
    for (let attempt = 1; ; attempt++) {
      let conflict = false;
      const sent = client.send(command).catch((failure: Error) => {
        conflict = failure.name === 'ConditionalRequestConflict' && attempt < ATTEMPTS;
        return conflict ? undefined : Promise.reject(failure);
      });
      const done = await ask(`write ${key}`, sent, 'PreconditionFailed', 'NoSuchKey');
      if (!conflict) return done !== undefined;
      await new Promise((waited) => setTimeout(waited, 100 * attempt));
    }
  }

  async function read(key: string): Promise<{ bytes: Uint8Array; etag: string }> {
    const { Body, ETag } = await client.send(new sdk.GetObjectCommand({ ...bucket, Key: keyOf(key) }));
    return { bytes: await Body!.transformToByteArray(), etag: unquoted(ETag) };
  }

  return {
    name: targetName(target),
    async list(prefix) {
      const contents = (await pages(prefix)).flatMap(({ Contents = [] }) => Contents);
      return new Map(
        contents.map(({ Key, Size, ETag }): [string, StoredEntry] => [
          Key!.slice(target.prefix.length),
          { size: Size!, etag: unquoted(ETag) },
        ]),
      );
    },
    async folders(prefix) {
      const folders = (await pages(prefix, '/')).flatMap(({ CommonPrefixes = [] }) => CommonPrefixes);
      return folders.map(({ Prefix }) => Prefix!.slice(keyOf(prefix).length, -1));
    },
    get: (key) => ask(`read ${key}`, read(key), 'NoSuchKey'),
    putIfAbsent: (key, file) => put(key, file, { IfNoneMatch: '*' }, 'public, max-age=31536000, immutable'),
    replace: (key, file, etag) =>
      put(key, file, etag === undefined ? { IfNoneMatch: '*' } : { IfMatch: `"${etag}"` }, 'no-cache'),
    async policy() {
      const answer = client.send(new sdk.GetBucketPolicyCommand(bucket));
      return (await ask('read the policy of the bucket', answer, 'NoSuchBucketPolicy'))?.Policy;
    },
    close: () => client.destroy(),
  };
}

function unquoted(etag: string | undefined): string {
  return (etag ?? '').replaceAll('"', '');
}
