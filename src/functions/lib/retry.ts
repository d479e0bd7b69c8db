import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from './fault.ts';

const TRIES = 6;

/**
 * Does `act` up to six times within half a minute, where waiting may help. The AWS SDK itself tries three times in a
 * second, and only where it sees a use.
 */
export async function retry<T>(stop: AbortSignal, act: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await act();
    } catch (thrown) {
      stop.throwIfAborted();
      if (tries === TRIES || !mayPass(thrown)) throw thrown;
      await sleep(2 ** tries * 500, undefined, { signal: stop });
    }
  }
}

/**
 * AccessDeniedException, or 403: the function's role is seconds old when it is first used, and IAM may not know everywhere
 * yet what it allows. 409: another run is writing the same object. 5xx: AWS is busy. No status: the connection broke.
 */
function mayPass(thrown: unknown): boolean {
  const status = statusOf(thrown) ?? 500;
  const isDenied = status === 403 || (thrown as Error).name === 'AccessDeniedException';
  return !(thrown instanceof Fault) && (isDenied || status === 409 || status >= 500);
}

/** The HTTP status that AWS refused a request with. */
export function statusOf(thrown: unknown): number | undefined {
  return (thrown as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
}
