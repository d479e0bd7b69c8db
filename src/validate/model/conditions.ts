import type { JsonObject } from '../../document/intrinsics.ts';
import { type Conditional, type Formula, formulas } from './formulas.ts';
import { type Literal, type Satisfiable, solver } from './satisfiable.ts';

/** How conditions turn out, by name. */
export type ConditionValues = ReadonlyMap<string, boolean>;

/** That a parameter has a value. */
export interface ParameterValue {
  readonly parameter: string;
  readonly value: string;
}

/** Above this many ways not each is gone through. */
const MAX_WAYS = 64;

/** Above this many conditions, pairs of them are not gone through either. */
const MAX_IN_PAIRS = 12;

/** What was asked of a template's conditions: the same is asked at every reference to the same resource. */
const asked = new WeakMap<JsonObject, ReturnType<typeof questions>>();

/**
 * The ways in which conditions of a template can turn out together, while what is known is true. Conditions are worked
 * out from the values that parameters may have and that Rules let pass, so that two that exclude each other are never
 * both true. Of many ways some are given: for each two conditions, each way in which these two can turn out.
 * @returns undefined where a condition does not exist or cannot be worked out, or the solver's budget is used up
 */
export function outcomes(
  template: Conditional,
  names: readonly string[],
  known: ConditionValues,
): readonly ConditionValues[] | undefined {
  return questionsOf(template).ways(names, known);
}

/** Whether what is known can be so, perhaps with a value of a parameter. Where that is not clear, it can. */
export function isPossible(template: Conditional, known: ConditionValues, given?: ParameterValue): boolean {
  if (known.size === 0) return true;
  return questionsOf(template).isPossible(known, given);
}

function questionsOf(template: Conditional): ReturnType<typeof questions> {
  const there = asked.get(template.conditions) ?? questions(template);
  asked.set(template.conditions, there);
  return there;
}

function questions(template: Conditional) {
  const logic = solver();
  const { formulaOf, isText, rules, variablesOf } = formulas(template, logic);
  const answers = new Map<string, readonly ConditionValues[] | undefined>();

  function ways(names: readonly string[], known: ConditionValues): readonly ConditionValues[] | undefined {
    const question = JSON.stringify([names, ...known]);
    if (!answers.has(question)) answers.set(question, workedOut(names, known));
    return answers.get(question);
  }

  function isPossible(known: ConditionValues, given?: ParameterValue): boolean {
    const assumed = assumptions(known);
    if (!assumed) return true;
    if (!given) return ways([], known)?.length !== 0;
    const more = isText(given.parameter, given.value);
    const { literals, uses } = joined(assumed, [[more, true]]);
    return logic.solve(literals, variables(uses)) !== 'no';
  }

  function workedOut(names: readonly string[], known: ConditionValues): readonly ConditionValues[] | undefined {
    const formulasOfNames = names.map(formulaOf);
    const assumed = assumptions(known);
    if (!assumed || !formulasOfNames.every((one) => one !== undefined)) return undefined;
    const { literals, uses } = joined(
      assumed,
      formulasOfNames.map((one) => [one, undefined]),
    );
    const open = variables(uses);
    const ask = (more: readonly Literal[]): Satisfiable => logic.solve([...literals, ...more], open);
    const all = everyWay(
      formulasOfNames.map(({ literal }) => literal),
      ask,
    );
    const found =
      all === 'many'
        ? someWays(
            formulasOfNames.map(({ literal }) => literal),
            ask,
          )
        : all;
    return found?.map((way) => new Map(names.map((name, index) => [name, way[index]!])));
  }

  /** Each way in which literals can turn out; undefined where the budget runs out. */
  function everyWay(
    literals: readonly Literal[],
    ask: (assumed: readonly Literal[]) => Satisfiable,
  ): readonly (readonly boolean[])[] | 'many' | undefined {
    if (literals.length === 0) {
      const answer = ask([]);
      return answer === 'unknown' ? undefined : answer === 'yes' ? [[]] : [];
    }
    let found: readonly (readonly boolean[])[] = [[]];
    for (const [index] of literals.entries()) {
      const longer: (readonly boolean[])[] = [];
      for (const way of found)
        for (const next of [true, false]) {
          const answer = ask([...way, next].map((value, place) => (value ? literals[place]! : -literals[place]!)));
          if (answer === 'unknown') return undefined;
          if (answer === 'yes') longer.push([...way, next]);
        }
      if (longer.length > MAX_WAYS && index < literals.length - 1) return 'many';
      found = longer;
    }
    return found;
  }

  /** Ways of which, for each literal, or each two of few literals, one has each way in which these can turn out. */
  function someWays(
    literals: readonly Literal[],
    ask: (assumed: readonly Literal[]) => Satisfiable,
  ): readonly (readonly boolean[])[] {
    const found = new Map<string, readonly boolean[]>();
    const note = (assumed: readonly Literal[]): void => {
      if (ask(assumed) !== 'yes') return;
      const way = literals.map((literal) => logic.valueOf(literal) === true);
      found.set(way.join(), way);
    };
    for (const [index, one] of literals.entries())
      for (const first of [one, -one]) {
        note([first]);
        for (const other of literals.length > MAX_IN_PAIRS ? [] : literals.slice(index + 1))
          for (const second of [other, -other]) note([first, second]);
      }
    return [...found.values()];
  }

  function assumptions(known: ConditionValues): readonly (readonly [Formula, boolean])[] | undefined {
    const all = [...known].map(([name, value]) => [formulaOf(name), value] as const);
    return all.every((one): one is readonly [Formula, boolean] => one[0] !== undefined) ? all : undefined;
  }

  /** The literals that are assumed, and what they and others depend on. */
  function joined(
    assumed: readonly (readonly [Formula, boolean])[],
    more: readonly (readonly [Formula, boolean | undefined])[],
  ): { readonly literals: readonly Literal[]; readonly uses: ReadonlySet<string> } {
    const literals: Literal[] = [];
    const uses = new Set<string>();
    for (const [formula, value] of [...assumed, ...more]) {
      if (value !== undefined) literals.push(value ? formula.literal : -formula.literal);
      for (const name of formula.uses) uses.add(name);
    }
    return { literals, uses };
  }

  /** The variables of what is used, and of all that Rules connect with it. Other Rules say nothing about it. */
  function variables(uses: ReadonlySet<string>): readonly Literal[] {
    const all = new Set(uses);
    let waiting = rules;
    for (let before = -1; before < all.size; ) {
      before = all.size;
      const touched = waiting.filter((rule) => [...rule].some((name) => all.has(name)));
      waiting = waiting.filter((rule) => !touched.includes(rule));
      for (const rule of touched) for (const name of rule) all.add(name);
    }
    return [...all].flatMap((name) => [...variablesOf(name)]);
  }

  return { ways, isPossible };
}
