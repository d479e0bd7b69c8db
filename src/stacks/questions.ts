import type { ParameterOptions } from '../aws/parameter.ts';
import type { Group } from '../parts/base/groups.ts';
import type { Asked, Optional, Passed } from '../parts/base/needs.ts';
import type { Needs } from '../parts/base/part.ts';

/** The parameter that a need becomes. */
export interface Question {
  readonly group: Group;
  readonly parameter: ParameterOptions;
  /** Whether it may be left empty. */
  readonly optional: boolean;
  /** The condition that says whether it was not, if a part wants to know. */
  readonly condition: string | undefined;
  /** What says where it was written. */
  readonly source: object;
}

type Askable = Asked<unknown> | Optional<unknown> | Passed<unknown>;

/**
 * The question for a need, as the first part words it that has it. It may be left empty only where all parts can do
 * without. Undefined for what no part can ask.
 */
export function questionOf(name: string, parts: readonly { readonly needs: Needs }[]): Question | undefined {
  const needs = parts.map((part) => (part.needs as Record<string, Askable | undefined>)[name]).filter(isAskable);
  const need = needs.find(({ kind }) => kind === 'asked') ?? needs[0];
  if (need === undefined) return undefined;
  const { kind, group, question } = need;
  return {
    group,
    parameter: { ...question, label: `${question.label} (${name})`, group },
    optional: kind !== 'asked',
    condition: kind === 'asked' ? undefined : needs.find((other) => other.kind === 'optional')?.given,
    source: need,
  };
}

function isAskable(need: { readonly kind: string } | undefined): need is Askable {
  return need !== undefined && need.kind !== 'made' && need.kind !== 'known';
}
