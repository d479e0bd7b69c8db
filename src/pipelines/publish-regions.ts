import type { Config } from '../config/config.ts';
import { error } from '../diagnostics/diagnostic.ts';
import { Refusal } from '../diagnostics/refusal.ts';
import { mirrorRegions } from './mirrors.ts';
import { type Published, type PublishSettings, publish } from './publish.ts';

/** How to publish to mirrors: as to one place, with the regions in the place of the region. */
export interface RegionsSettings extends Omit<PublishSettings, 'region'> {
  /** Each has a bucket of its own. They are published to in this order. */
  readonly regions: readonly string[];
}

/**
 * Publishes the same version to a bucket in each region, one after the other. The first refusal ends it: regions before
 * it have the release, and the channels of the others have not moved. Run again, it goes on.
 * @throws Refusal PL4066 for a place without `{region}`, PL4067 beside the refusal of a region, PL5002, PL5003
 */
export async function publishToRegions(config: Config, settings: RegionsSettings): Promise<readonly Published[]> {
  const { regions: _, ...same } = settings;
  const regions = mirrorRegions(config, settings)!;
  const done: Published[] = [];
  for (const region of regions) {
    try {
      done.push(await publish(config, { ...same, region }));
    } catch (cause) {
      if (cause instanceof Refusal && !settings.dryRun) throw stopped(cause, regions, done.length);
      throw cause;
    }
  }
  return done;
}

/** What was refused, and what is where now. */
function stopped(cause: Refusal, regions: readonly string[], done: number): Refusal {
  const [complete, here, after] = [regions.slice(0, done), regions[done]!, regions.slice(done + 1)];
  const has =
    complete.length === 0 ? 'No region has the release.' : `The release is published in ${complete.join(', ')}.`;
  const later = after.length === 0 ? '' : ` Nothing was done in ${after.join(', ')}.`;
  const state = error({
    code: 'PL4067',
    message: `${has} In ${here} it is not announced: the channel has not moved.${later}`,
    hint: 'Correct what is said above, and run the command again: it goes on where it stopped.',
  });
  return new Refusal([...cause.diagnostics, state]);
}
