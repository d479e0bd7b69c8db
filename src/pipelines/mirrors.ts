import type { Config } from '../config/config.ts';
import { type Diagnostic, error } from '../diagnostics/diagnostic.ts';
import { findingsOf } from '../diagnostics/findings-of.ts';
import { Refusal, refuse } from '../diagnostics/refusal.ts';
import { checkedRegions } from '../launch/launch-region.ts';
import type { Target } from '../release/target.ts';
import { chooseTarget, isMirrored, type TargetOptions } from './choose-target.ts';

/** What the command line says about a place that may have a bucket in each region. */
export interface MirrorOptions extends TargetOptions {
  /** Each has a bucket of its own. Default: those of podlaunch.yaml, unless one region is asked for. */
  readonly regions?: readonly string[];
}

/** The places that a command is for: one, or a mirror in each region. */
export interface Places {
  readonly targets: readonly Target[];
  /** The region of each; undefined where there is one place. */
  readonly regions: readonly string[] | undefined;
}

/** What an act at several places is called. */
export interface ActWords {
  /** What a place is once it is done, such as `Withdrawn`. */
  readonly did: string;
  /** The next step where it is not done everywhere. Default: to run it again. */
  readonly next?: string;
}

/**
 * The regions whose mirrors a command is for, each once: of the options, else of podlaunch.yaml; undefined where one place
 * is meant.
 * @throws Refusal PL4066 for a place without `{region}`, PL5002, PL5003
 */
export function mirrorRegions(config: Pick<Config, 'publish'>, options: MirrorOptions): readonly string[] | undefined {
  const hasMirrors = isMirrored(config, options);
  const isOnePlace = options.region !== undefined || (options.to !== undefined && !hasMirrors);
  const wanted = options.regions ?? (isOnePlace ? undefined : config.publish.regions);
  if (wanted === undefined) return undefined;
  if (!hasMirrors) throw onePlaceFor(wanted);
  return checkedRegions(wanted, wanted[0]!);
}

/**
 * The place that a command is for, or all mirrors.
 * @throws Refusal as `mirrorRegions` and `chooseTarget` do
 */
export function choosePlaces(
  config: Pick<Config, 'publish'>,
  options: MirrorOptions,
  io: Parameters<typeof chooseTarget>[2],
): Places {
  const regions = mirrorRegions(config, options);
  const inRegion = (region: string) => chooseTarget(config, { ...options, region }, io);
  return { targets: regions ? regions.map(inRegion) : [chooseTarget(config, options, io)], regions };
}

/**
 * Does the same at each place, one after the other. A mirror that refuses does not keep the others from it.
 * @param onFar is told how far it is before each mirror, for whoever interrupts it
 * @returns what was done at each, in their order
 * @throws Refusal what was refused, and PL4068 where that was one of several mirrors
 */
export async function atEachPlace<T>(
  { targets, regions }: Places,
  words: ActWords,
  act: (target: Target) => Promise<T>,
  onFar: (state: string) => void = () => {},
): Promise<readonly T[]> {
  if (regions === undefined) return [await act(targets[0]!)];
  const results: T[] = [];
  const done: string[] = [];
  const faults: Diagnostic[] = [];
  for (const [at, region] of regions.entries()) {
    onFar(howFar(words, regions, done));
    try {
      results.push(await act(targets[at]!));
      done.push(region);
    } catch (cause) {
      const found = findingsOf(cause);
      if (found === undefined) throw cause;
      faults.push(...ofRegion(found, region));
    }
  }
  onFar('');
  if (faults.length === 0) return results;
  throw new Refusal([...faults, notEverywhere(words, regions, done)]);
}

/** What was found at a mirror, with its region in front. */
export function ofRegion(diagnostics: readonly Diagnostic[], region: string): readonly Diagnostic[] {
  return diagnostics.map((one) => ({ ...one, message: `${region}: ${one.message}` }));
}

function howFar({ did }: ActWords, regions: readonly string[], done: readonly string[]): string {
  const open = regions.filter((region) => !done.includes(region)).join(', ');
  return done.length === 0 ? `${did} in no region.` : `${did} in ${done.join(', ')}; not in ${open}.`;
}

const AGAIN = 'Correct what is said above, and run the command again: what is done stays as it is.';

function notEverywhere(words: ActWords, regions: readonly string[], done: readonly string[]): Diagnostic {
  return error({ code: 'PL4068', message: howFar(words, regions, done), hint: words.next ?? AGAIN });
}

function onePlaceFor(given: readonly string[]): Refusal {
  return refuse({
    code: 'PL4066',
    message: `One place cannot be in ${given.join(', ')}: a bucket is in one region.`,
    hint: 'Write {region} where the name of each bucket has its region: --to s3://my-releases-{region}/podlaunch.',
  });
}
