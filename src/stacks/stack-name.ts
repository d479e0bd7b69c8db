/** Everything in one stack. */
export const WHOLE_STACK_NAMES = ['launchpad', 'launchpad-trial'] as const;
export type WholeStackName = (typeof WHOLE_STACK_NAMES)[number];

/** The same in parts, in the order in which a launcher makes them. */
export const PART_STACK_NAMES = ['prerequisites', 'directory', 'people', 'cluster', 'access'] as const;

/** All stacks, in the order in which links show them. */
export const STACK_NAMES: readonly [...typeof WHOLE_STACK_NAMES, ...typeof PART_STACK_NAMES] = [
  ...WHOLE_STACK_NAMES,
  ...PART_STACK_NAMES,
];
export type StackName = (typeof STACK_NAMES)[number];

/** Their templates are above the 51,200 bytes that CloudFormation takes without a bucket. */
const LARGE_STACK_NAMES = [...WHOLE_STACK_NAMES, 'people'] as const;

/** The stacks that can be deployed without a bucket, in the order in which a launcher makes them. */
export type SmallStackNames = Without<typeof PART_STACK_NAMES, (typeof LARGE_STACK_NAMES)[number]>;
export type SmallStackName = SmallStackNames[number];

/** A list of names without some of them. */
type Without<Names, Name> = Names extends readonly [infer First, ...infer Rest]
  ? First extends Name
    ? Without<Rest, Name>
    : readonly [First, ...Without<Rest, Name>]
  : readonly [];

/** Whether a stack is everything in one, so that no other comes before or after it. */
export function isWhole(stack: StackName): boolean {
  return WHOLE_STACK_NAMES.some((name) => name === stack);
}

/** The file of a stack's template, in dist/ and in templates/ of a release. */
export function templateFile(stack: string): string {
  return `${stack}.yaml`;
}

/** Whether a stack's template is too large to be deployed without a bucket, and so in releases only, which are in S3. */
export function needsBucket(stack: StackName): boolean {
  return LARGE_STACK_NAMES.some((name) => name === stack);
}
