import { type Diagnostic, error, warning } from '../../diagnostics/diagnostic.ts';
import { isOlder } from '../../release/is-older.ts';
import type { ListedRelease, ReleaseHistory } from './history.ts';

/** A release as an update looks at it: its name, and from which release on it takes updates. */
type UpdatedTo = Pick<ListedRelease, 'version' | 'minimumFrom'>;

/**
 * Why stacks of one release cannot be updated to another; nothing where they can, or nobody has said.
 * @param from version that the stacks are of
 * @param history what is published beside it: the releases that an update may go through first
 */
export function updateFaults(from: string, to: UpdatedTo | undefined, history: ReleaseHistory): readonly Diagnostic[] {
  if (to?.minimumFrom === undefined || takes(to, from)) return [];
  const { version, minimumFrom } = to;
  const [first, ...rest] = updateSteps(from, to, history) ?? [minimumFrom, version];
  return [
    error({
      code: 'PL4064',
      message: `Release ${version} takes updates from ${minimumFrom} on; ${from} is older.`,
      hint: `Update the stacks to ${first} first, and then to ${rest.join(', then to ')}.`,
    }),
  ];
}

/** What whoever hands out links for updates is told of a release that does not take them from all; else nothing. */
export function minimumWarnings(to: UpdatedTo | undefined): readonly Diagnostic[] {
  if (to?.minimumFrom === undefined) return [];
  return [
    warning({
      code: 'PL4064',
      message: `Release ${to.version} takes updates from ${to.minimumFrom} on, and the console does not look at that.`,
      hint: `Hand the links out to those all of whose stacks are of ${to.minimumFrom} or newer: prerequisites alone are not enough. podlaunch changelog shows the way of the others.`,
    }),
  ];
}

/**
 * The releases to which stacks are updated one after the other, the wanted one last: as few as there can be, each of them
 * newer than the one before it and not withdrawn.
 * @returns undefined where the releases that are listed do not lead there
 */
export function updateSteps(from: string, to: UpdatedTo, { releases }: ReleaseHistory): readonly string[] | undefined {
  const between = new Set(
    releases.filter(({ version, withdrawn }) => !withdrawn && isOlder(from, version) && isOlder(version, to.version)),
  );
  // From the end to the beginning, all ways of one more step at a time: the first that begins where the stacks are is the shortest.
  for (let ways: (readonly [UpdatedTo, ...UpdatedTo[]])[] = [[to]]; ways.length > 0; ) {
    const found = ways.find(([first]) => takes(first, from));
    if (found) return found.map(({ version }) => version);
    ways = ways.flatMap((way) =>
      [...between].flatMap((release) => {
        if (!takes(way[0], release.version)) return [];
        between.delete(release);
        return [[release, ...way] as const];
      }),
    );
  }
  return undefined;
}

function takes({ minimumFrom }: UpdatedTo, from: string): boolean {
  return minimumFrom === undefined || !isOlder(from, minimumFrom);
}
