import { accessStack } from './access.ts';
import { clusterStack } from './cluster.ts';
import { directoryStack } from './directory.ts';
import { prerequisitesStack } from './prerequisites.ts';
import type { Stack } from './stack.ts';
import type { SmallStackNames, STACK_NAMES } from './stack-name.ts';

/** A stack of each of the names, in their order. */
type EachOf<Names extends readonly string[]> = { readonly [Index in keyof Names]: Stack<Names[Index]> };

/** The stacks that can be deployed without a bucket, in the order in which a launcher makes them. */
export const SMALL_STACKS: EachOf<SmallStackNames> = [prerequisitesStack, directoryStack, clusterStack, accessStack];

/** All stacks, in the order in which links show them. What is in releases only is loaded when a release is made. */
export async function allStacks(): Promise<EachOf<typeof STACK_NAMES>> {
  const [{ launchpadStack, launchpadTrialStack }, { peopleStack }] = await Promise.all([
    import('./launchpad.ts'),
    import('./people.ts'),
  ]);
  const parts = [prerequisitesStack, directoryStack, peopleStack, clusterStack, accessStack] as const;
  return [launchpadStack, launchpadTrialStack, ...parts];
}
