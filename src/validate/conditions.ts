import type { Json } from '../compile/template-document.ts';
import { isList, isObject, type JsonObject, textOf } from './functions.ts';
import type { Template } from './template.ts';

/** How conditions turn out, by name. */
export type Outcome = ReadonlyMap<string, boolean>;

/** Above this many combinations of parameter values nothing is claimed. */
const MAX_COMBINATIONS = 512;

/** What a parameter that is compared with texts may be: one of these, or (`undefined`) none of them. */
type Domains = Map<string, readonly (string | boolean | undefined)[]>;
type Values = ReadonlyMap<string, string | boolean | undefined>;

/**
 * The ways in which conditions of a template can turn out together, while what is known holds. Conditions are worked
 * out from the values that parameters may have, so that two that exclude each other are never both true.
 * @returns undefined where there are too many ways, or a condition does not exist
 */
export function outcomes(
  template: Pick<Template, 'conditions' | 'parameters'>,
  names: readonly string[],
  known: Outcome,
): readonly Outcome[] | undefined {
  const answers = answersOf(template.conditions);
  const question = JSON.stringify([names, ...known]);
  if (!answers.has(question)) answers.set(question, workedOut(template, names, known));
  return answers.get(question);
}

type Answers = Map<string, readonly Outcome[] | undefined>;

/** What was worked out of a template's conditions: the same is asked at every reference to the same resource. */
const answered = new WeakMap<JsonObject, Answers>();

function answersOf(conditions: JsonObject): Answers {
  const answers: Answers = answered.get(conditions) ?? new Map();
  answered.set(conditions, answers);
  return answers;
}

function workedOut(
  template: Pick<Template, 'conditions' | 'parameters'>,
  names: readonly string[],
  known: Outcome,
): readonly Outcome[] | undefined {
  const all = [...new Set([...names, ...known.keys()])];
  const domains: Domains = new Map();
  if (!all.every((name) => collect(template, template.conditions[name], domains, 0))) return undefined;
  const combinations = [...domains.values()].reduce((product, { length }) => product * length, 1);
  if (combinations > MAX_COMBINATIONS) return undefined;
  const found = new Map<string, Outcome>();
  for (const values of assignments([...domains])) {
    const outcome = new Map(all.map((name) => [name, evaluate(template, template.conditions[name]!, values)]));
    if (![...known].every(([name, value]) => outcome.get(name) === value)) continue;
    const asked = new Map(names.map((name) => [name, outcome.get(name)!]));
    found.set([...asked.values()].join(), asked);
  }
  return [...found.values()];
}

/** Notes what a condition depends on. False where it cannot be worked out. */
function collect(
  template: Pick<Template, 'conditions' | 'parameters'>,
  condition: Json | undefined,
  domains: Domains,
  depth: number,
): boolean {
  if (typeof condition === 'boolean') return true;
  if (!isObject(condition) || depth > 20) return false;
  const [name, argument] = Object.entries(condition)[0] ?? [];
  if (name === 'Condition') return collect(template, template.conditions[textOf(argument)], domains, depth + 1);
  if (name === 'Fn::Equals' && isList(argument)) {
    addDomain(template.parameters, argument, domains);
    return true;
  }
  if (!isList(argument) || !['Fn::And', 'Fn::Or', 'Fn::Not'].includes(name!)) return false;
  return argument.every((inner) => collect(template, inner, domains, depth + 1));
}

function addDomain(parameters: JsonObject, equals: readonly Json[], domains: Domains): void {
  const [parameter, literal] = comparison(equals) ?? [];
  if (parameter === undefined) {
    domains.set(JSON.stringify(equals), [true, false]);
    return;
  }
  const declared = parameters[parameter];
  const allowed = isObject(declared) ? declared['AllowedValues'] : undefined;
  const before = domains.get(parameter) ?? (isList(allowed) ? allowed.map(textOf) : [undefined]);
  domains.set(parameter, isList(allowed) ? before : [...new Set([...before, literal])]);
}

/** Name and text, where a parameter is compared with a text. */
function comparison(equals: readonly Json[]): readonly [string, string] | undefined {
  const [one, other] = isObject(equals[0]) ? equals : [...equals].reverse();
  if (!isObject(one) || typeof one['Ref'] !== 'string' || typeof other === 'object' || other === undefined)
    return undefined;
  return [one['Ref'], String(other)];
}

function* assignments(
  domains: readonly (readonly [string, readonly (string | boolean | undefined)[]])[],
): Generator<Values> {
  const [first, ...rest] = domains;
  if (first === undefined) {
    yield new Map();
    return;
  }
  const [name, values] = first;
  for (const others of assignments(rest)) for (const value of values) yield new Map([...others, [name, value]]);
}

function evaluate(template: Pick<Template, 'conditions'>, condition: Json, values: Values): boolean {
  if (!isObject(condition)) return condition === true;
  const [name, argument] = Object.entries(condition)[0]!;
  if (name === 'Condition') return evaluate(template, template.conditions[textOf(argument)]!, values);
  const parts = argument as readonly Json[];
  if (name === 'Fn::And') return parts.every((part) => evaluate(template, part, values));
  if (name === 'Fn::Or') return parts.some((part) => evaluate(template, part, values));
  if (name === 'Fn::Not') return !evaluate(template, parts[0]!, values);
  const [parameter, literal] = comparison(parts) ?? [];
  return parameter === undefined ? values.get(JSON.stringify(parts)) === true : values.get(parameter) === literal;
}
