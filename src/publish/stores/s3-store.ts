import type { Readable } from 'node:stream';
import type { ListObjectsV2CommandOutput } from '@aws-sdk/client-s3';
import { withRetries } from '../../cloud/retry.ts';
import { Refusal, refuse } from '../../diagnostics/refusal.ts';
import { readLimited } from '../../http/read-limited.ts';
import { type S3Target, targetName } from '../../release/target.ts';
import { bucketOf, type S3Bucket } from './s3-bucket.ts';
import { connectS3 } from './s3-client.ts';
import type { FileContent, Store, StoredEntry, StoredFile } from './store.ts';

/** How often a write that meets another one on the same key is tried. */
const ATTEMPTS = 5;

/** Pages of 1,000 entries after which a listing is no longer one of releases. */
const MOST_PAGES = 100;

/** A bucket as a store. */
export interface S3Store extends Store {
  readonly bucket: S3Bucket;
}

/**
 * Opens a place in S3 with the credentials that the AWS SDK finds. Loads the SDK, and asks nothing of S3 yet.
 * @param owner account that must own the bucket: S3 itself refuses any other's
 */
export async function openS3Store(target: S3Target, owner?: string): Promise<S3Store> {
  const connection = await connectS3(target, owner);
  const { sdk, client, bucket, ask } = connection;
  const keyOf = (key: string): string => target.prefix + key;

  /** Asks for all pages of a listing. */
  async function pages(prefix: string, Delimiter?: string): Promise<readonly ListObjectsV2CommandOutput[]> {
    const input = { ...bucket, Prefix: keyOf(prefix), Delimiter };
    const all: ListObjectsV2CommandOutput[] = [];
    for (let token: string | undefined; all.length === 0 || token !== undefined; ) {
      const command = new sdk.ListObjectsV2Command({ ...input, ContinuationToken: token });
      const page = await ask('list what is published', client.send(command));
      all.push(page!);
      const next = page!.IsTruncated ? page!.NextContinuationToken : undefined;
      if (next !== undefined && (next === token || all.length === MOST_PAGES)) throw endlessListing(target);
      token = next;
    }
    return all;
  }

  /** Writes under a condition; false when it is not met. Two writes at once on one key make S3 ask to try again. */
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
    const send = () => ask(`write ${key}`, client.send(command), 'PreconditionFailed', 'NoSuchKey');
    const mayPass = (thrown: unknown) => thrown instanceof Refusal && thrown.diagnostics[0]!.code === 'PL4051';
    return (await withRetries(send, { attempts: ATTEMPTS, pause: 100, mayPass })) !== undefined;
  }

  async function read(key: string, limit: number): Promise<StoredFile | 'larger'> {
    const { Body, ETag, LastModified } = await client.send(new sdk.GetObjectCommand({ ...bucket, Key: keyOf(key) }));
    const bytes = await readLimited(Body as Readable, limit);
    return bytes === 'larger' ? bytes : { bytes, etag: unquoted(ETag), writtenAt: LastModified! };
  }

  return {
    name: targetName(target),
    bucket: bucketOf(connection),
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
    get: (key, limit) => ask(`read ${key}`, read(key, limit), 'NoSuchKey'),
    putIfAbsent: (key, file) => put(key, file, { IfNoneMatch: '*' }, 'public, max-age=31536000, immutable'),
    replace: (key, file, etag) =>
      put(key, file, etag === undefined ? { IfNoneMatch: '*' } : { IfMatch: `"${etag}"` }, 'no-cache'),
    close: () => client.destroy(),
  };
}

function endlessListing(target: S3Target): Error {
  return refuse({
    code: 'PL4054',
    message: `The listing of ${targetName(target)} does not end: it repeats itself, or has more than ${MOST_PAGES} pages.`,
    hint: 'Check the endpoint, and that nothing but releases is kept below this prefix.',
  });
}

function unquoted(etag: string | undefined): string {
  return (etag ?? '').replaceAll('"', '');
}
