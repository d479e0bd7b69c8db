import type { Chance } from './template-diff.ts';

const ORDER = ['no', 'maybe', 'yes'] as const satisfies readonly Chance[];

/** A number that is higher the more likely it is. */
export function rank(chance: Chance): number {
  return ORDER.indexOf(chance);
}

/** The worst of several chances; `no` of none. */
export function worst(chances: readonly Chance[]): Chance {
  return ORDER[Math.max(0, ...chances.map(rank))]!;
}

/** The chance of something that happens only if two things do. */
export function least(a: Chance, b: Chance): Chance {
  return ORDER[Math.min(rank(a), rank(b))]!;
}
