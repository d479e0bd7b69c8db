import { withRetries } from '../../cloud/retry.ts';
import { Refusal } from '../../diagnostics/refusal.ts';
import { type HttpAnswer, httpGet, IDLE_TIMEOUT } from '../../http/get.ts';
import type { S3Target } from '../../release/target.ts';
import { s3Refusal } from '../stores/s3-errors.ts';

/** How often a read is tried that gets no answer, or one that speaks of trouble on S3's side. */
const ATTEMPTS = 3;

/**
 * Reads a URL as anyone could: no credentials, no redirect followed (CloudFormation follows none either).
 * @param limit of the bytes that are read of it
 * @throws Refusal PL4048 or PL4049 when no sensible answer comes, also after retries, PL4055 for a proxy that is none
 */
export async function readAnonymously(
  target: S3Target,
  url: string,
  limit: number,
  idleTimeout: number = IDLE_TIMEOUT,
): Promise<HttpAnswer> {
  const read = async (): Promise<HttpAnswer> => {
    const answer = await httpGet(url, limit, idleTimeout);
    if (answer.status < 500) return answer;
    throw { name: 'an error of the server', message: '', $metadata: { httpStatusCode: answer.status } };
  };
  const isRefusal = (thrown: unknown) => thrown instanceof Refusal;
  try {
    return await withRetries(read, { attempts: ATTEMPTS, pause: 200, mayPass: (thrown) => !isRefusal(thrown) });
  } catch (thrown) {
    throw isRefusal(thrown) ? thrown : s3Refusal(thrown, { target, doing: `read ${url} without credentials` });
  }
}
