import { refuse } from '../diagnostics/refusal.ts';
import { partitionOf } from '../publish/partition.ts';

/** Regions of partitions whose consoles cannot be reached from the internet, or whose links nobody has tried. */
const OTHER_PARTITIONS = /^(?:us-iso|eu-iso|eusc-)/;

/** Hosts of the console; where it has one for each region, that region's host shows the right one without a redirect. */
const CONSOLES = {
  aws: (region: string) => `${region}.console.aws.amazon.com`,
  'aws-cn': () => 'console.amazonaws.cn',
  'aws-us-gov': () => 'console.amazonaws-us-gov.com',
} as const;

/** The console's host for a region. */
export function consoleHost(region: string): string {
  return CONSOLES[partitionOf(region).name](region);
}

/**
 * Checks a region that stacks are to be launched in.
 * @throws Refusal PL5002 when it is none, PL5003 when it cannot read from the bucket's region
 */
export function checkLaunchRegion(region: string, bucketRegion: string): void {
  if (!/^[a-z]{2}(-[a-z]+)+-[0-9]+$/.test(region) || OTHER_PARTITIONS.test(region)) {
    const message = `${JSON.stringify(region)} is no region that links can be made for.`;
    throw refuse({ code: 'PL5002', message, hint: 'Give regions such as us-west-2, cn-north-1 or us-gov-west-1.' });
  }
  const [here, there] = [partitionOf(bucketRegion).name, partitionOf(region).name];
  if (here === there) return;
  throw refuse({
    code: 'PL5003',
    message: `${region} belongs to ${there}, the bucket in ${bucketRegion} to ${here}: neither can read from the other.`,
    hint: `Publish to a bucket in a region of ${there} too, and make the links for it.`,
  });
}
