import type { Context } from './deadline.ts';

/** One handler for a function behind a custom resource that also runs by a schedule. */
export function byEvent<R, S>(
  resource: (request: R, context: Context) => Promise<void>,
  schedule: (event: S, context: Context) => Promise<void>,
): (event: R | S, context: Context) => Promise<void> {
  return (event, context) =>
    'RequestType' in (event as object) ? resource(event as R, context) : schedule(event as S, context);
}
