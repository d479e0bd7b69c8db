import { isList, isObject, type JsonObject } from '../../document/intrinsics.ts';
import { isListType } from '../../document/parameter-value.ts';
import type { Json } from '../../document/template-document.ts';
import { type Comparisons, comparisons, disjunction } from './comparisons.ts';
import { objectAt } from './model.ts';
import { type Literal, type Solver, TRUE } from './satisfiable.ts';

/** What conditions depend on. */
export interface Conditional {
  readonly conditions: JsonObject;
  readonly parameters: JsonObject;
  readonly rules: JsonObject;
  readonly mappings?: JsonObject;
}

/** A condition as a literal of the solver, and the names of what it depends on. */
export interface Formula {
  readonly literal: Literal;
  readonly uses: ReadonlySet<string>;
}

/** The conditions and Rules of a template, put into a solver as they are asked for. */
export interface Formulas extends Pick<Comparisons, 'variablesOf'> {
  /** undefined where a condition does not exist, cannot be worked out, or needs itself. */
  readonly formulaOf: (condition: string) => Formula | undefined;
  /** That a parameter is a text. */
  readonly isText: (parameter: string, text: string) => Formula;
  /** What each Rule depends on: the solver knows that all of them are true. */
  readonly rules: readonly ReadonlySet<string>[];
}

/** Conditions that are deeper within each other are not worked out: nobody writes such. */
const MAX_DEPTH = 1500;

/** Puts into a solver what a template says about its conditions. */
export function formulas(template: Conditional, logic: Solver): Formulas {
  const { equal, free, variablesOf } = comparisons(template, logic);
  const known = new Map<string, Formula | undefined>();

  function formulaOf(condition: string, depth = 0): Formula | undefined {
    if (known.has(condition)) return known.get(condition);
    // Until it is known, a condition that needs itself meets nothing here.
    known.set(condition, undefined);
    const uses = new Set<string>();
    const literal = truth(template.conditions[condition], uses, depth);
    if (literal !== undefined) known.set(condition, { literal, uses });
    return known.get(condition);
  }

  /** The literal of a condition's expression, or undefined where it has something in it that conditions cannot have. */
  function truth(value: Json | undefined, uses: Set<string>, depth: number): Literal | undefined {
    if (typeof value === 'boolean') return value ? TRUE : -TRUE;
    const [name, argument, more] = isObject(value) ? Object.entries(value).flat() : [];
    if (typeof name !== 'string' || argument === undefined || more !== undefined || depth > MAX_DEPTH) return undefined;
    if (name === 'Condition') {
      const formula = typeof argument === 'string' ? formulaOf(argument, depth + 1) : undefined;
      for (const one of formula?.uses ?? []) uses.add(one);
      return formula?.literal;
    }
    if (!isList(argument)) return undefined;
    if (name === 'Fn::Equals')
      return argument.length === 2 ? equal(argument[0] as Json, argument[1] as Json, uses) : undefined;
    const parts: Literal[] = [];
    for (const part of argument as readonly Json[]) {
      const literal = truth(part, uses, depth + 1);
      if (literal === undefined) return undefined;
      parts.push(literal);
    }
    return connected(name, parts);
  }

  function connected(name: string, parts: readonly Literal[]): Literal | undefined {
    if (name === 'Fn::Not') return parts.length === 1 ? -parts[0]! : undefined;
    if (name === 'Fn::Or') return disjunction(parts, logic);
    return name === 'Fn::And' ? -disjunction(negated(parts), logic) : undefined;
  }

  /** The same of a Rule, which has functions of its own. What the template does not say may be true or false. */
  function ruled(value: Json | undefined, uses: Set<string>, depth: number): Literal {
    const [name, argument] = isObject(value) ? (Object.entries(value)[0] ?? []) : [];
    const list = isList(argument) ? argument : [];
    const anything = (): Literal => free(JSON.stringify(value ?? null), uses);
    if (name === 'Fn::Equals' || depth > MAX_DEPTH) return truth(value, uses, depth) ?? anything();
    if (name === 'Fn::And' || name === 'Fn::Or' || name === 'Fn::Not') {
      const parts = list.map((part) => ruled(part, uses, depth + 1));
      return connected(name, parts) ?? anything();
    }
    const [members, allowed] = [membersOf(list[0]), membersOf(list[1])];
    if (name === 'Fn::Contains' && members && list[1] !== undefined && !isList(list[1]))
      return isOneOf(list[1], members, uses);
    if (name === 'Fn::EachMemberEquals' && members && list[1] !== undefined && !isList(list[1]))
      return -disjunction(
        members.map((one) => -equal(one, list[1] as Json, uses)),
        logic,
      );
    if (name === 'Fn::EachMemberIn' && members && allowed)
      return -disjunction(
        members.map((one) => -isOneOf(one, allowed, uses)),
        logic,
      );
    return truth(value, uses, depth) ?? anything();
  }

  function isOneOf(value: Json, list: readonly Json[], uses: Set<string>): Literal {
    return disjunction(
      list.map((one) => equal(value, one, uses)),
      logic,
    );
  }

  /** The members of a list that is written out; a parameter in it that is a list itself could be any number of them. */
  function membersOf(list: Json | undefined): readonly Json[] | undefined {
    if (!isList(list)) return undefined;
    const isSeveral = (one: Json): boolean =>
      isObject(one) &&
      (typeof one['Ref'] !== 'string' || isListType(objectAt(template.parameters, one['Ref'])['Type']));
    return list.some((one) => isList(one) || isSeveral(one)) ? undefined : list;
  }

  const rules = Object.values(template.rules).map((rule) => {
    const uses = new Set<string>();
    const { RuleCondition: when = true, Assertions: assertions } = isObject(rule) ? rule : {};
    const holds = (isList(assertions) ? assertions : []).flatMap((one) =>
      isObject(one) && one['Assert'] !== undefined ? [ruled(one['Assert'], uses, 0)] : [],
    );
    const applies = ruled(when, uses, 0);
    for (const one of holds) logic.atLeastOne([-applies, one]);
    return uses;
  });

  return {
    variablesOf,
    formulaOf: (condition) => formulaOf(condition),
    rules,
    isText: (parameter, text) => {
      const uses = new Set<string>();
      return { literal: equal({ Ref: parameter }, text, uses), uses };
    },
  };
}

function negated(literals: readonly Literal[]): readonly Literal[] {
  return literals.map((literal) => -literal);
}
