import { DIRECTORY_RULES } from './directories.ts';
import { FILE_SYSTEM_RULES } from './file-systems.ts';
import { HYPERPOD_RULES } from './hyperpod.ts';
import { LOAD_BALANCER_RULES } from './load-balancers.ts';
import type { Rule } from './rule.ts';

/**
 * The rules that have a check of their own: what `validate` loads. Of the others the layers find what is wrong, and
 * their texts and examples are loaded only to be shown.
 */
export const CHECKED: readonly Rule[] = [
  ...HYPERPOD_RULES,
  ...DIRECTORY_RULES,
  ...FILE_SYSTEM_RULES,
  ...LOAD_BALANCER_RULES,
];
