/**
 * The stacks, in the order in which links show them: first those that are everything in one, then the small ones, in the
 * order in which a launcher makes them. What needs a bucket is above the 51,200 bytes that CloudFormation takes of a
 * template itself: it is in releases only, which are in S3.
 */
const ENTRIES = [
  { name: 'launchpad', needsBucket: true },
  { name: 'launchpad-trial', needsBucket: true },
  { name: 'prerequisites', needsBucket: false },
  { name: 'directory', needsBucket: false },
  { name: 'cluster', needsBucket: false },
  { name: 'access', needsBucket: false },
] as const;

type Entry = (typeof ENTRIES)[number];
/** The names of a list of entries, in their order. */
type NamesOf<Entries extends readonly Entry[]> = { readonly [Index in keyof Entries]: Entries[Index]['name'] };
type Small<Entries extends readonly Entry[]> = Entries extends readonly [
  infer First extends Entry,
  ...infer Rest extends readonly Entry[],
]
  ? First['needsBucket'] extends true
    ? Small<Rest>
    : readonly [First, ...Small<Rest>]
  : readonly [];

/** All stacks, in the order in which links show them. */
export const STACK_NAMES: NamesOf<typeof ENTRIES> = ENTRIES.map(({ name }) => name) as never;
export type StackName = (typeof STACK_NAMES)[number];

/** The stacks that can be deployed without a bucket, in the order in which a launcher makes them. */
export const SMALL_STACK_NAMES: NamesOf<Small<typeof ENTRIES>> = ENTRIES.filter(({ needsBucket }) => !needsBucket).map(
  ({ name }) => name,
) as never;
export type SmallStackName = (typeof SMALL_STACK_NAMES)[number];

/** Whether a stack's template is too large to be deployed without a bucket, and so in releases only. */
export function needsBucket(stack: StackName): boolean {
  return ENTRIES.some(({ name, needsBucket: needs }) => name === stack && needs);
}
