import { Fault } from './fault.ts';

/** What of Lambda's context is used. */
export interface Context {
  getRemainingTimeInMillis(): number;
  readonly logGroupName?: string;
  readonly logStreamName?: string;
}

/** Time kept back for the answer, in ms. */
const RESERVE = 15_000;

/**
 * Does work that must end before Lambda's time does: shortly before, the signal aborts, and a Fault is thrown that says
 * so and goes on with the advice. By then all work must have stopped, for Lambda gives the next event to this process:
 * what is left of the work would go on there.
 */
export async function withDeadline<T>(
  context: Context,
  advice: string,
  work: (stop: AbortSignal) => Promise<T>,
): Promise<T> {
  const time = new AbortController();
  const most = Math.max(0, context.getRemainingTimeInMillis() - RESERVE);
  const timer = setTimeout(() => {
    time.abort(new Fault(`It took longer than ${Math.round(most / 1000)} seconds. ${advice}`));
  }, most);
  const end = new Promise<never>((_, reject) => {
    time.signal.addEventListener('abort', () => reject(time.signal.reason));
  });
  try {
    return await Promise.race([work(time.signal), end]);
  } catch (thrown) {
    throw time.signal.aborted ? time.signal.reason : thrown;
  } finally {
    clearTimeout(timer);
  }
}
