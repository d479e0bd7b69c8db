import type { Metafile } from 'esbuild';

/** Divides the chunks of a bundle into groups, each of which is a file. */
export function grouped(
  outputs: ReadonlyMap<string, Metafile['outputs'][string]>,
  main: string,
  frequent: readonly (readonly string[])[],
): readonly (readonly string[])[];
