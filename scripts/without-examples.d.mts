import type { Plugin } from 'esbuild';

/** Leaves out of the rules that validate loads the examples that only tests and docs show. */
export const withoutExamples: Plugin;

/** The text of a module with its lists of examples empty. */
export function strip(source: string): string;
