import { awsFailure } from '../cloud/errors.ts';
import type { AwsPlace } from '../cloud/place.ts';
import type { KeptThing } from './remembered.ts';
import { openThings, type ThingService } from './thing-service.ts';

/** What the services call a thing that is not there. */
const GONE = /NotFound|DoesNotExist|EntityDoesNotExist|ResourceNotFound/;

/** What Secrets Manager says of a secret that it removes already: an earlier request, or its answer, was lost. */
const REMOVED = /scheduled for deletion/;

/** What they call a thing that something is still in. */
const IN_USE = /DependencyViolation|InUse/;

/** Whether a thing is gone, going, or still held by another. */
export type Removed = 'gone' | 'going' | 'held';

/**
 * Begins to remove a thing, or looks whether it has gone. Asking again is harmless.
 * @returns `held` where something is still in it: later it may go
 * @throws what the service answers to anything else
 */
export function removeThing(thing: KeptThing, place: AwsPlace): Promise<Removed> {
  return ofService<Removed>(thing, place, 'gone', async (service) => {
    if (service === undefined) throw new Error(`podlaunch does not know how to remove ${thing.type}`);
    try {
      if ((await service.look?.(thing.id))?.isGoing) return 'going';
      await service.remove(thing.id);
      return service.look ? 'going' : 'gone';
    } catch (thrown) {
      if (IN_USE.test(awsFailure(thrown).name)) return 'held';
      throw thrown;
    }
  });
}

/** Ids of the subnets that a thing is in; none for one that has gone, or that is in no subnet. Throws what the service answers. */
export function subnetsOf(thing: KeptThing, place: AwsPlace): Promise<readonly string[]> {
  return ofService(thing, place, [], async (service) => (await service?.look?.(thing.id))?.subnets ?? []);
}

/** Asks the service of a thing something. @param gone the answer where there is no such thing any more */
async function ofService<T>(
  { type }: KeptThing,
  place: AwsPlace,
  gone: T,
  ask: (service: ThingService | undefined) => Promise<T>,
): Promise<T> {
  const service = await openThings(type, place);
  try {
    return await ask(service);
  } catch (thrown) {
    const { name, message } = awsFailure(thrown);
    if (GONE.test(name) || REMOVED.test(message)) return gone;
    throw thrown;
  } finally {
    service?.close();
  }
}
