/** Minutes that a stack takes, the least and the most: docs/launcher.md tells the same. */
const MINUTES: Readonly<Record<string, readonly [number, number]>> = {
  prerequisites: [10, 10],
  directory: [20, 45],
  cluster: [10, 30],
  // One after another; side by side it is less.
  launchpad: [30, 85],
  'launchpad-trial': [30, 85],
  access: [5, 10],
};

/** How long a stack takes, to follow "takes"; undefined of one that nobody has measured. */
export function durationOf(stack: string): string | undefined {
  const [least, most] = MINUTES[stack] ?? [];
  if (least === undefined) return undefined;
  return least === most ? `about ${most} minutes` : `${least} to ${most} minutes`;
}
