/** The stacks, in the order in which a launcher makes them. */
export const STACK_NAMES = ['prerequisites', 'directory', 'cluster', 'access'] as const;
export type StackName = (typeof STACK_NAMES)[number];
