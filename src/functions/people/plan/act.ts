import type { Attributes, Change } from '../ldap/client.ts';

/** What is done in the directory. An account's password is set by name. */
export type Operation =
  | { readonly kind: 'add'; readonly dn: string; readonly attributes: Attributes }
  | { readonly kind: 'modify'; readonly dn: string; readonly changes: readonly Change[] }
  | { readonly kind: 'delete'; readonly dn: string }
  | { readonly kind: 'password'; readonly name: string };

/** The order of acts. A password enables its account, so everything that limits an account comes before. */
export const PHASES = ['units', 'make', 'change', 'members', 'policies', 'passwords', 'enable', 'delete'] as const;

/** One act, and how it is told; some belong to others and are told with these. */
export interface Act {
  readonly phase: (typeof PHASES)[number];
  readonly words: readonly string[];
  readonly operation: Operation;
}

/** What is to be done; with problems nothing is. Notes tell of what is left as it is. */
export interface Plan {
  readonly acts: readonly Act[];
  readonly problems: readonly string[];
  readonly notes: readonly string[];
  /** People who become root of the cluster, each with the group: `ada (ClusterAdmin)`. */
  readonly administrators?: readonly string[];
}

/** Collects what is to be done. */
export interface Planned {
  readonly acts: Act[];
  readonly problems: string[];
  readonly notes: string[];
  readonly administrators: string[];
}

/** Puts acts into the order of their phases. */
export function orderActs(acts: readonly Act[]): readonly Act[] {
  return PHASES.flatMap((phase) => acts.filter((act) => act.phase === phase));
}
