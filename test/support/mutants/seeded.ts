import type { Mutant } from './operators.ts';

/** Numbers from 0 to 1 that follow from a seed: the same seed gives the same ones (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One mutant of each kind, each as likely as another of its kind. */
export function oneOfEachKind(mutants: Iterable<Mutant>, random: () => number): readonly Mutant[] {
  const chosen = new Map<Mutant['kind'], Mutant>();
  const seen = new Map<Mutant['kind'], number>();
  for (const mutant of mutants) {
    const count = (seen.get(mutant.kind) ?? 0) + 1;
    seen.set(mutant.kind, count);
    if (random() * count < 1) chosen.set(mutant.kind, mutant);
  }
  return [...chosen.values()];
}
