import { HYPERPOD_RULES } from './hyperpod.ts';
import type { Rule } from './rule.ts';

/**
 * The rules that have a check of their own: what `validate` loads. Of the others the layers find what is wrong, and
 * their texts and examples are loaded only to be shown.
 */
export const CHECKED: readonly Rule[] = [...HYPERPOD_RULES];
