/** Minutes, the least and the most. */
type Minutes = readonly [least: number, most: number];

/** The stages of a launch: the table of docs/launcher.md. */
const NETWORK: Minutes = [5, 10];
const DIRECTORY: Minutes = [20, 45];
const CLUSTER: Minutes = [10, 30];

/** A stack of everything makes them one after another. */
const ALL: Minutes = [NETWORK[0] + DIRECTORY[0] + CLUSTER[0], NETWORK[1] + DIRECTORY[1] + CLUSTER[1]];

/** Minutes that a stack takes. These are estimates; test/docs/durations.test.ts compares the pages that name them. */
const MINUTES: Readonly<Record<string, Minutes>> = {
  prerequisites: NETWORK,
  directory: DIRECTORY,
  people: [5, 10],
  cluster: CLUSTER,
  launchpad: ALL,
  'launchpad-trial': ALL,
  access: [5, 10],
};

/** How long a stack takes, to follow "takes"; undefined of one that nobody has estimated. */
export function durationOf(stack: string): string | undefined {
  return Object.hasOwn(MINUTES, stack) ? `${MINUTES[stack]!.join(' to ')} minutes` : undefined;
}
