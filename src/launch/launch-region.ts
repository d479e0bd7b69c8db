import { partitionOf } from '../aws/partition.ts';
import { CONSOLE_HOSTS, knownRegions } from '../aws/regions.ts';
import { nearest } from '../diagnostics/nearest.ts';
import { refuse } from '../diagnostics/refusal.ts';

/** The console's host for a region. */
export function consoleHost(region: string): string {
  const { eachRegion, host } = CONSOLE_HOSTS[partitionOf(region).name];
  return eachRegion ? `${region}.${host}` : host;
}

/**
 * The regions that stacks are to be launched in, each once. A link with a region that does not exist leads nowhere, and
 * anyone who opens it cannot tell why.
 * @param given the bucket's where it is left out
 * @throws Refusal PL5002 for a region that podlaunch does not know, PL5003 when the one cannot read from the other
 */
export function checkedRegions(given: readonly string[] | undefined, bucketRegion: string): readonly string[] {
  const regions = [...new Set(given ?? [bucketRegion])];
  for (const region of [...regions, bucketRegion]) checkKnown(region);
  for (const region of regions) checkPartition(region, bucketRegion);
  return regions;
}

function checkPartition(region: string, bucketRegion: string): void {
  const [here, there] = [partitionOf(bucketRegion).name, partitionOf(region).name];
  if (here === there) return;
  throw refuse({
    code: 'PL5003',
    message: `${region} belongs to ${there}, the bucket in ${bucketRegion} to ${here}: neither can read from the other.`,
    hint: `Publish to a bucket in a region of ${there} too, and make the links for it.`,
  });
}

function checkKnown(region: string): void {
  const known = knownRegions();
  if (known.includes(region)) return;
  const like = nearest(region, known);
  throw refuse({
    code: 'PL5002',
    message: `${JSON.stringify(region)} is not a region that podlaunch makes links for.`,
    hint: `${like ? `Did you mean ${like}? ` : ''}It knows: ${known.join(', ')}. A newer region needs a newer podlaunch.`,
  });
}
