import { setTimeout as sleep } from 'node:timers/promises';
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { Fault } from './fault.ts';

/** A bucket, and the client of its region. */
export interface Place {
  readonly s3: S3Client;
  readonly bucket: string;
}

/** The bytes of an object. Throws a Fault that says what to check when they cannot be had. */
export async function read({ s3, bucket }: Place, key: string, advice: string): Promise<Uint8Array> {
  try {
    const { Body } = await patiently(() => s3.send(new GetObjectCommand({ Bucket: bucket, Key: key })));
    return await Body!.transformToByteArray();
  } catch (thrown) {
    throw new Fault(`Cannot read s3://${bucket}/${key} (${(thrown as Error).name}). ${advice}`);
  }
}

/** Writes an object that is not there yet; false when it is. S3 checks the bytes against the hash. */
export async function writeNew(
  { s3, bucket }: Place,
  key: string,
  bytes: Uint8Array,
  sha256: string,
): Promise<boolean> {
  try {
    const ChecksumSHA256 = Buffer.from(sha256, 'hex').toString('base64');
    const object = { Bucket: bucket, Key: key, Body: bytes, ChecksumSHA256, IfNoneMatch: '*' };
    await patiently(() => s3.send(new PutObjectCommand(object)));
    return true;
  } catch (thrown) {
    const status = (thrown as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
    // 412: it is there. 409: another run is writing it at this moment.
    if (status === 412 || status === 409) return false;
    throw new Fault(`Cannot write s3://${bucket}/${key} (${(thrown as Error).name}): ${(thrown as Error).message}`);
  }
}

/** The function's role is seconds old when it is first used: IAM may not know everywhere yet what it allows. */
async function patiently<T>(send: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await send();
    } catch (thrown) {
      if ((thrown as Error).name !== 'AccessDenied' || tries === 6) throw thrown;
      await sleep(5000);
    }
  }
}
