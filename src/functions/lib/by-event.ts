import type { Request } from './answer.ts';
import type { Context } from './deadline.ts';
import type { PropertiesOf, ResourceFunction, ScheduledFunction, ScheduledOf } from './declaration.ts';
import type { ResourceHandler } from './define-resource.ts';
import type { Scheduled, ScheduleHandler } from './define-schedule.ts';

/** What Lambda calls when CloudFormation asks, and by the schedule. */
export type EitherHandler<D extends ResourceFunction & ScheduledFunction> = (
  event: Request<PropertiesOf<D>> | Scheduled<ScheduledOf<D>>,
  context: Context,
) => Promise<void>;

/** One handler for a function behind a custom resource that also runs by a schedule. */
export function byEvent<D extends ResourceFunction & ScheduledFunction>(
  resource: ResourceHandler<D>,
  schedule: ScheduleHandler<D>,
): EitherHandler<D> {
  return (event, context) => ('RequestType' in event ? resource(event, context) : schedule(event, context));
}
