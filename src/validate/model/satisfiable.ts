/** A variable that is true or false, as a number from 1 on; negative where the variable must be false. */
export type Literal = number;

/** The literal that is always true; `-TRUE` is always false. */
export const TRUE: Literal = 1;

/** `unknown` where the budget ran out before there was an answer. */
export type Satisfiable = 'yes' | 'no' | 'unknown';

/** Asks whether statements about variables can be true together. Statements may be added between two questions. */
export interface Solver {
  /** Makes a variable. */
  readonly variable: () => Literal;
  /** At least one of these is true. */
  readonly atLeastOne: (literals: readonly Literal[]) => void;
  /** Makes a set of variables of which at most one is true; what it gives back adds a variable to the set. */
  readonly exclusive: () => (variable: Literal) => void;
  /**
   * Whether all statements can be true together with these assumptions.
   * @param open the variables to find values for; all others must follow from them
   */
  readonly solve: (assumed: readonly Literal[], open: Iterable<Literal>) => Satisfiable;
  /** Whether a literal is true in what `solve` last answered `yes` for; undefined where it may be either. */
  readonly valueOf: (literal: Literal) => boolean | undefined;
}

/** How many statements one question, and all questions of a template, may look at. A step takes some 20 ns. */
export const STEPS_PER_QUESTION = 50_000;
export const STEPS_PER_TEMPLATE = 5_000_000;

/** Statements of the form "at least one of": each watches two literals, and is looked at only when one becomes false. */
type Clause = Literal[];

/**
 * A small solver (DPLL with watched literals): what follows from a choice is worked out first, then the next variable is
 * chosen, and the last choice is taken back where statements contradict each other. How conditions turn out follows from
 * the values of parameters at once, so nearly all questions are answered without taking anything back. Where that is not
 * so, the budget ends the search.
 */
export function solver(): Solver {
  /** What is known of a variable: 1 true, -1 false, 0 open. */
  const values: number[] = [0];
  const watchers: Clause[][] = [[], []];
  const sets: (readonly Literal[] | undefined)[] = [];
  const trail: Literal[] = [];
  /** How much of the trail follows from the statements alone. */
  let root = 0;
  let looked = 0;
  let impossible = false;
  let stepsLeft = STEPS_PER_TEMPLATE;
  let stepsOfQuestion = 0;

  const value = (literal: Literal): number => (literal > 0 ? values[literal]! : -values[-literal]!);
  /** Even places are for literals that are to be true, odd ones for those that are to be false. */
  const watching = (literal: Literal): Clause[] => watchers[literal > 0 ? 2 * literal : 1 - 2 * literal]!;

  function set(literal: Literal): void {
    values[Math.abs(literal)] = literal > 0 ? 1 : -1;
    trail.push(literal);
  }

  function undo(length: number): void {
    while (trail.length > length) values[Math.abs(trail.pop()!)] = 0;
    looked = Math.min(looked, length);
  }

  /** Works out what follows from the trail. @returns whether nothing contradicts it */
  function propagate(): boolean {
    while (looked < trail.length) {
      const literal = trail[looked++]!;
      for (const other of (literal > 0 && sets[literal]) || []) {
        stepsOfQuestion++;
        if (other === literal) continue;
        if (value(other) > 0) return false;
        if (value(other) === 0) set(-other);
      }
      if (!visit(watching(-literal), -literal)) return false;
    }
    return true;
  }

  /** Looks at the statements that watch a literal which has become false. */
  function visit(clauses: Clause[], gone: Literal): boolean {
    let kept = 0;
    for (let index = 0; index < clauses.length; index++) {
      const clause = clauses[index]!;
      stepsOfQuestion++;
      if (clause[0] === gone) [clause[0], clause[1]] = [clause[1]!, gone];
      const first = clause[0]!;
      const next = value(first) > 0 ? -1 : clause.findIndex((one, place) => place > 1 && value(one) >= 0);
      if (value(first) <= 0 && next > 0) {
        [clause[1], clause[next]] = [clause[next]!, gone];
        watching(clause[1]!).push(clause);
        continue;
      }
      clauses[kept++] = clause;
      if (value(first) > 0) continue;
      if (value(first) < 0) {
        while (++index < clauses.length) clauses[kept++] = clauses[index]!;
        clauses.length = kept;
        return false;
      }
      set(first);
    }
    clauses.length = kept;
    return true;
  }

  function atLeastOne(literals: readonly Literal[]): void {
    undo(root);
    const clause = [...new Set(literals)].filter((literal) => value(literal) >= 0);
    if (clause.some((literal) => value(literal) > 0 || clause.includes(-literal))) return;
    if (clause.length === 0) impossible = true;
    else if (clause.length === 1) fact(clause[0]!);
    else for (const literal of clause.slice(0, 2)) watching(literal).push(clause);
  }

  function fact(literal: Literal): void {
    set(literal);
    impossible ||= !propagate();
    root = trail.length;
  }

  function solve(assumed: readonly Literal[], open: Iterable<Literal>): Satisfiable {
    undo(root);
    stepsOfQuestion = 0;
    // Statements that nothing can meet say that no stack can be made: then nothing is claimed.
    const answer = impossible || stepsLeft < 0 ? 'unknown' : search(assumed, [...open]);
    stepsLeft -= stepsOfQuestion;
    if (answer !== 'yes') undo(root);
    return answer;
  }

  function search(assumed: readonly Literal[], open: readonly Literal[]): Satisfiable {
    for (const literal of assumed) {
      if (value(literal) < 0) return 'no';
      if (value(literal) === 0) set(literal);
    }
    if (!propagate()) return 'no';
    const choices: { readonly length: number; readonly literal: Literal; readonly at: number }[] = [];
    for (let at = 0; at < open.length; at++) {
      if (stepsOfQuestion > STEPS_PER_QUESTION) return 'unknown';
      if (value(open[at]!) !== 0) continue;
      choices.push({ length: trail.length, literal: -open[at]!, at });
      set(-open[at]!);
      while (!propagate()) {
        let last = choices.pop();
        while (last && last.literal > 0) last = choices.pop();
        if (!last) return 'no';
        if (stepsOfQuestion > STEPS_PER_QUESTION) return 'unknown';
        undo(last.length);
        choices.push({ ...last, literal: -last.literal });
        set(-last.literal);
        at = last.at;
      }
    }
    return 'yes';
  }

  function variable(): Literal {
    values.push(0);
    watchers.push([], []);
    return values.length - 1;
  }

  function exclusive(): (one: Literal) => void {
    const members: Literal[] = [];
    return (one) => {
      undo(root);
      sets[one] = members;
      const there = members.find((other) => value(other) > 0);
      members.push(one);
      if (there !== undefined) fact(-one);
    };
  }

  variable();
  set(TRUE);
  root = trail.length;
  return {
    variable,
    atLeastOne,
    exclusive,
    solve,
    valueOf: (literal) => (value(literal) === 0 ? undefined : value(literal) > 0),
  };
}
