import { functionOf, isList, isObject, type JsonObject, subVariables, textOf } from '../../document/intrinsics.ts';
import type { Json } from '../../document/template-document.ts';
import { domainOf, lookedUp, type PossibleTexts, parameterOf } from './parameter-domains.ts';
import { type Literal, type Solver, TRUE } from './satisfiable.ts';

/** What is compared with texts, or with another such: a parameter, or a function whose result the template does not say. */
interface Subject {
  readonly domain: PossibleTexts;
  readonly is: Map<string, Literal>;
  readonly add: (variable: Literal) => void;
  /** What it is compared with that is no text, and the literal that says that both are the same. */
  readonly twins: { readonly other: Subject; readonly same: Literal }[];
}

/** What Fn::Equals and the like say, as literals of a solver. */
export interface Comparisons {
  /** Whether two values are equal. Notes in `used` what that depends on. */
  readonly equal: (one: Json, other: Json, used: Set<string>) => Literal;
  /** The variables that say what a subject is. */
  readonly variablesOf: (subject: string) => Iterable<Literal>;
  /** A subject of its own: something that may be true or false, whatever else is so. */
  readonly free: (name: string, used: Set<string>) => Literal;
}

/** Between more subjects than these it is not worked out what follows for one from another. */
const MAX_TWINS = 20;

/** Puts into a solver what a template's conditions compare. */
export function comparisons(
  template: { readonly parameters: JsonObject; readonly mappings?: JsonObject },
  { variable, atLeastOne, exclusive }: Solver,
): Comparisons {
  const subjects = new Map<string, Subject>();
  const alone = new Map<string, Literal>();

  function subject(name: string, domain: () => PossibleTexts): Subject {
    let found = subjects.get(name);
    if (found) return found;
    found = { domain: domain(), is: new Map(), add: exclusive(), twins: [] };
    subjects.set(name, found);
    const { all } = found.domain;
    if (all) atLeastOne(all.map((text) => isText(found, text)));
    return found;
  }

  /** The literal that says that a subject is a text. */
  function isText(one: Subject, text: string): Literal {
    const before = one.is.get(text);
    if (before !== undefined) return before;
    const isOther = one.domain.all ? !one.domain.all.includes(text) : !one.domain.mayBe(text);
    if (isOther) return -TRUE;
    const literal = variable();
    one.add(literal);
    one.is.set(text, literal);
    for (const { other, same } of one.twins) tie(same, literal, isText(other, text));
    return literal;
  }

  /** Where two are the same, both are a text or neither; where both are one text, they are the same. */
  function tie(same: Literal, one: Literal, other: Literal): void {
    atLeastOne([-same, -one, other]);
    atLeastOne([-same, one, -other]);
    atLeastOne([same, -one, -other]);
  }

  /** Of three pairs of three subjects: where two pairs are the same, the third is. */
  function triangle(pairs: readonly Literal[]): void {
    for (const one of pairs) atLeastOne([one, ...pairs.filter((other) => other !== one).map((other) => -other)]);
  }

  function parameter(name: string, used: Set<string>): Subject {
    used.add(name);
    return subject(name, () => domainOf(template.parameters[name]));
  }

  function computed(value: Json, used: Set<string>): Subject {
    const name = JSON.stringify(value);
    used.add(name);
    return subject(name, () => domainOf(undefined));
  }

  function subjectOf(value: Json, used: Set<string>): Subject {
    const name = parameterOf(value);
    return name === undefined ? computed(value, used) : parameter(name, used);
  }

  function equal(one: Json, other: Json, used: Set<string>): Literal {
    if (JSON.stringify(one) === JSON.stringify(other)) return TRUE;
    const [left, right] = [literally(one), literally(other)];
    if (left !== undefined && right !== undefined) return left === right ? TRUE : -TRUE;
    if (right !== undefined) return equalText(one, right, used);
    return left === undefined ? sameSubjects(one, other, used) : equalText(other, left, used);
  }

  function equalText(value: Json, text: string, used: Set<string>): Literal {
    const call = functionOf(value);
    const table = call?.name === 'Fn::FindInMap' ? lookedUp(template.mappings ?? {}, call.argument) : undefined;
    if (table) {
      const by = parameter(table.parameter, used);
      const keys = [...table.results].map(([key, result]) => [isText(by, key), result] as const);
      // Conditions are worked out for every stack: with a key that the mapping does not have, none is made.
      atLeastOne(keys.map(([key]) => key));
      return anyOf(keys.flatMap(([key, result]) => (result === text ? [key] : [])));
    }
    const parts = text === '' ? joined(value) : undefined;
    if (parts) return -anyOf(parts.map((part) => -equal(part, '', used)));
    return isText(subjectOf(value, used), text);
  }

  function sameSubjects(one: Json, other: Json, used: Set<string>): Literal {
    const [left, right] = [subjectOf(one, used), subjectOf(other, used)];
    if (left === right) return TRUE;
    const name = JSON.stringify([one, other].map((value) => JSON.stringify(value)).sort());
    const isNew = !alone.has(name);
    const same = free(name, used);
    if (!isNew) return same;
    if (left.twins.length >= MAX_TWINS || right.twins.length >= MAX_TWINS) return same;
    for (const text of new Set([...left.is.keys(), ...right.is.keys()]))
      tie(same, isText(left, text), isText(right, text));
    for (const { other, same: third } of left.twins)
      for (const twin of right.twins) if (twin.other === other) triangle([same, third, twin.same]);
    left.twins.push({ other: right, same });
    right.twins.push({ other: left, same });
    return same;
  }

  function anyOf(literals: readonly Literal[]): Literal {
    return disjunction(literals, { variable, atLeastOne });
  }

  function free(name: string, used: Set<string>): Literal {
    used.add(name);
    const literal = alone.get(name) ?? variable();
    alone.set(name, literal);
    return literal;
  }

  return {
    equal,
    free,
    variablesOf: (name) => subjects.get(name)?.is.values() ?? (alone.has(name) ? [alone.get(name)!] : []),
  };
}

/** A literal that is true where one of these is. */
export function disjunction(
  literals: readonly Literal[],
  { variable, atLeastOne }: Pick<Solver, 'variable' | 'atLeastOne'>,
): Literal {
  const open = [...new Set(literals)].filter((literal) => literal !== -TRUE);
  if (open.includes(TRUE)) return TRUE;
  if (open.length <= 1) return open[0] ?? -TRUE;
  const result = variable();
  for (const literal of open) atLeastOne([result, -literal]);
  atLeastOne([-result, ...open]);
  return result;
}

/** A value that is a text, or a function that gives the same text always. */
function literally(value: Json): string | undefined {
  if (typeof value !== 'object' || value === null) return textOf(value);
  const { 'Fn::Sub': text } = isObject(value) ? value : {};
  return typeof text === 'string' && !text.includes('${') ? text : undefined;
}

/** The values that a function puts together with nothing between them: the result is empty where all of them are. */
function joined(value: Json): readonly Json[] | undefined {
  const { 'Fn::Join': join, 'Fn::Sub': text } = isObject(value) ? value : {};
  if (typeof text === 'string' && /^(?:\$\{[A-Za-z0-9:]+\}){2,}$/.test(text))
    return subVariables(text).map((name) => ({ Ref: name }));
  const [between, parts] = isList(join) ? join : [];
  if (between !== '' || !isList(parts) || parts.length === 0) return undefined;
  return parts;
}
