import { inParallel } from '../../src/cloud/in-parallel.ts';
import { type Fate, type FaultProxy, startFaultProxy, type Upstream } from './fault-proxy.ts';

/** What may pass: the connection is cut, the service is busy, it answers and the answer is lost. */
export const PASSING = ['cut', 503, 'loseAnswer', { status: 400, code: 'Throttling' }] as const;

/** A fault, and how it is tried. */
export interface Trial {
  readonly fate: Fate;
  /** Whether the fate is that of all requests after the one too. Default: `false`. */
  readonly last?: boolean;
  /** How many runs go on at a time: each waits for most of its time. Default: 6. */
  readonly atATime?: number;
}

/** A run in front of which is a proxy of its own. */
export interface Tried<T> {
  readonly result: T;
  /** Which request had another fate: `17 DescribeStacks`. */
  readonly request: string;
  /** How the run ended in which all requests passed. */
  readonly clean: T;
  /** Passes everything again. */
  readonly proxy: FaultProxy;
}

/**
 * Runs something once, then once more for each request that it sent, with another fate for that request.
 * @param run is told the URL that it asks
 */
export async function atEveryRequest<T>(
  upstream: Upstream,
  { fate, last = false, atATime = 6 }: Trial,
  run: (url: string) => Promise<T>,
  judge: (tried: Tried<T>) => void | Promise<void>,
): Promise<void> {
  const withProxy = async <U>(act: (proxy: FaultProxy) => Promise<U>): Promise<U> => {
    const proxy = await startFaultProxy(upstream);
    return act(proxy).finally(proxy.stop);
  };
  const { clean, asked } = await withProxy(async (proxy) => ({
    clean: await run(proxy.url),
    asked: proxy.seen.map(({ action, url }, index) => `${index + 1} ${action || url}`),
  }));
  await inParallel(asked.entries(), atATime, ([index, request]) =>
    withProxy(async (proxy) => {
      proxy.decide = (count) => (count === index + 1 || (last && count > index) ? fate : 'pass');
      await judge({ result: await run(proxy.url), request, clean, proxy });
    }),
  );
}
