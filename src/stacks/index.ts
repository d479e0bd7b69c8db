import { accessStack } from './access.ts';
import { clusterStack } from './cluster.ts';
import { directoryStack } from './directory.ts';
import { prerequisitesStack } from './prerequisites.ts';
import type { Stack } from './stack.ts';
import type { STACK_NAMES } from './stack-name.ts';

/** A stack of each of the names, in their order. */
type EachOf<Names extends readonly string[]> = { readonly [Index in keyof Names]: Stack<Names[Index]> };

/** The stacks, in the order in which a launcher makes them. */
export const STACKS: EachOf<typeof STACK_NAMES> = [prerequisitesStack, directoryStack, clusterStack, accessStack];
