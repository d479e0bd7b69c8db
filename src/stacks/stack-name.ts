/** Everything in one. These templates are above the 51,200 bytes that CloudFormation takes without a bucket. */
const LARGE_STACK_NAMES = ['launchpad', 'launchpad-trial'] as const;

/** The stacks that can be deployed without a bucket, in the order in which a launcher makes them. */
export const SMALL_STACK_NAMES = ['prerequisites', 'directory', 'cluster', 'access'] as const;
export type SmallStackName = (typeof SMALL_STACK_NAMES)[number];

/** All stacks, in the order in which links show them. */
export const STACK_NAMES: readonly [...typeof LARGE_STACK_NAMES, ...typeof SMALL_STACK_NAMES] = [
  ...LARGE_STACK_NAMES,
  ...SMALL_STACK_NAMES,
];
export type StackName = (typeof STACK_NAMES)[number];

/** Whether a stack's template is too large to be deployed without a bucket, and so in releases only, which are in S3. */
export function needsBucket(stack: StackName): boolean {
  return LARGE_STACK_NAMES.some((name) => name === stack);
}
