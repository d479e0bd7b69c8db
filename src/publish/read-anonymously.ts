import { s3Refusal } from './s3-errors.ts';
import type { S3Target } from './target.ts';

/** How long an answer may take, in milliseconds. */
const TIMEOUT = 60_000;
/** How often a read is tried that gets no answer, or one that speaks of trouble on S3's side. */
const ATTEMPTS = 3;

/**
 * Reads a URL as anyone could: no credentials, no redirect followed (CloudFormation follows none either).
 * @throws Refusal PL4048 or PL4049 when no sensible answer comes, also after retries
 */
export async function readAnonymously(
  target: S3Target,
  url: string,
): Promise<{ readonly status: number; readonly bytes: Uint8Array }> {
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT) });
      const bytes = new Uint8Array(await answer.arrayBuffer());
      if (answer.status < 500) return { status: answer.status, bytes };
      throw { name: answer.statusText, message: answer.statusText, $metadata: { httpStatusCode: answer.status } };
    } catch (failure) {
      if (attempt === ATTEMPTS) throw s3Refusal(failure, { target, doing: `read ${url} without credentials` });
      await new Promise((done) => setTimeout(done, 200 * attempt));
    }
  }
}
