import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { Fault, reasonOf } from './fault.ts';
import { retry, statusOf } from './retry.ts';

/** A bucket, the client of its region, and the signal that ends all work on it. */
export interface OpenBucket {
  readonly s3: S3Client;
  readonly bucket: string;
  readonly stop: AbortSignal;
}

/** The bytes of an object. Throws a Fault that says what to check when they cannot be had. */
export async function read({ s3, bucket, stop }: OpenBucket, key: string, advice: string): Promise<Uint8Array> {
  const get = async () => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }), { abortSignal: stop });
    return Body!.transformToByteArray();
  };
  return retry(stop, get).catch((thrown) => {
    throw new Fault(`Cannot read s3://${bucket}/${key} (${reasonOf(thrown)}). ${advice}`);
  });
}

/** Writes an object that is not there yet; false when it is. S3 checks the bytes against the hash. */
export async function writeNew(
  { s3, bucket, stop }: OpenBucket,
  key: string,
  bytes: Uint8Array,
  sha256: string,
): Promise<boolean> {
  const ChecksumSHA256 = Buffer.from(sha256, 'hex').toString('base64');
  const object = { Bucket: bucket, Key: key, Body: bytes, ChecksumSHA256, IfNoneMatch: '*' };
  try {
    await retry(stop, () => s3.send(new PutObjectCommand(object), { abortSignal: stop }));
    return true;
  } catch (thrown) {
    if (statusOf(thrown) === 412) return false;
    throw new Fault(`Cannot write s3://${bucket}/${key} (${reasonOf(thrown)}). This account's policies may forbid it.`);
  }
}
