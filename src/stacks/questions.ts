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
 * The question for each need that no part gives, as the first part words it that has it. It may be left empty only where
 * all parts can do without. There is none for what no part can ask.
 */
export function questionsOf(
  parts: readonly { readonly needs: Needs }[],
  given: ReadonlySet<string>,
): ReadonlyMap<string, Question> {
  const needs = new Map<string, Askable[]>();
  for (const part of parts)
    for (const [name, need] of Object.entries(part.needs))
      if (!given.has(name) && isAskable(need)) needs.set(name, [...(needs.get(name) ?? []), need]);
  return new Map([...needs].map(([name, all]) => [name, questionOf(name, all)] as const));
}

function questionOf(name: string, needs: readonly Askable[]): Question {
  const need = needs.find(({ kind }) => kind === 'asked') ?? needs[0]!;
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
