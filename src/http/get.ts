import { get as getHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { get as getHttps } from 'node:https';
import { proxyAgent } from './proxy.ts';
import { readLimited } from './read-limited.ts';

/** How long a connection may say nothing before it is given up, in milliseconds: longer than S3 ever takes, and not too long for a person. */
export const IDLE_TIMEOUT: number = 10_000;

/** What a server answered. */
export interface HttpAnswer {
  readonly status: number;
  /** `larger` when there are more bytes than the limit; the rest was not read. */
  readonly bytes: Uint8Array | 'larger';
}

/**
 * Reads a URL without credentials and without following redirects, through the proxy of the environment where it names one.
 * @throws Node's error when no answer comes, `TimeoutError` when nothing is heard for IDLE_TIMEOUT
 */
export async function httpGet(url: string, limit: number, idleTimeout: number = IDLE_TIMEOUT): Promise<HttpAnswer> {
  const agent = await proxyAgent(url);
  const answer = await head(url, { timeout: idleTimeout, ...(agent && { agent }) });
  return { status: answer.statusCode!, bytes: await readLimited(answer, limit) };
}

function head(url: string, options: RequestOptions): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    let answer: IncomingMessage | undefined;
    const request = (url.startsWith('https:') ? getHttps : getHttp)(url, options, (message) => {
      answer = message;
      resolve(message);
    });
    request.on('timeout', () => {
      const message = `nothing was heard for ${options.timeout! / 1000} seconds`;
      const failure = Object.assign(new Error(message), { name: 'TimeoutError', code: 'ETIMEDOUT' });
      answer?.destroy(failure);
      request.destroy(failure);
    });
    request.on('error', reject);
  });
}
