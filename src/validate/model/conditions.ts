import { isList, isObject, type JsonObject, textOf } from '../../document/intrinsics.ts';
import type { Json } from '../../document/template-document.ts';
import type { Model } from './model.ts';

/** How conditions turn out, by name. */
export type ConditionValues = ReadonlyMap<string, boolean>;

/** What conditions depend on. */
export type Conditional = Pick<Model, 'conditions' | 'parameters' | 'rules'>;

/** Above this many combinations of parameter values nothing is claimed. */
const MAX_COMBINATIONS = 512;

/** What a parameter that is compared with texts may be: one of these, or (`undefined`) none of them. */
type Domains = Map<string, readonly (string | boolean | undefined)[]>;
type Values = ReadonlyMap<string, string | boolean | undefined>;

/**
 * The ways in which conditions of a template can turn out together, while what is known is true. Conditions are worked
 * out from the values that parameters may have, so that two that exclude each other are never both true.
 * @returns undefined where there are too many ways, or a condition does not exist
 */
export function outcomes(
  template: Conditional,
  names: readonly string[],
  known: ConditionValues,
): readonly ConditionValues[] | undefined {
  const answers = answersOf(template.conditions);
  const question = JSON.stringify([names, ...known]);
  if (!answers.has(question)) answers.set(question, workedOut(template, names, known));
  return answers.get(question);
}

type Answers = Map<string, readonly ConditionValues[] | undefined>;

/** What was worked out of a template's conditions: the same is asked at every reference to the same resource. */
const answered = new WeakMap<JsonObject, Answers>();

function answersOf(conditions: JsonObject): Answers {
  const answers: Answers = answered.get(conditions) ?? new Map();
  answered.set(conditions, answers);
  return answers;
}

function workedOut(
  template: Conditional,
  names: readonly string[],
  known: ConditionValues,
): readonly ConditionValues[] | undefined {
  const all = [...new Set([...names, ...known.keys()])];
  const domains: Domains = new Map();
  if (!all.every((name) => collect(template, template.conditions[name], domains, 0))) return undefined;
  const laws = ruleConditions(template).filter((law) => {
    const more: Domains = new Map(domains);
    // A rule about other parameters says nothing here, and would multiply the combinations.
    if (!collect(template, law, more, 0) || more.size > domains.size + 1 || count(more) > MAX_COMBINATIONS)
      return false;
    for (const [name, values] of more) domains.set(name, values);
    return true;
  });
  if (count(domains) > MAX_COMBINATIONS) return undefined;
  const found = new Map<string, ConditionValues>();
  for (const values of assignments([...domains])) {
    if (!laws.every((law) => evaluate(template, law, values))) continue;
    const outcome = new Map(all.map((name) => [name, evaluate(template, template.conditions[name]!, values)]));
    if (![...known].every(([name, value]) => outcome.get(name) === value)) continue;
    const asked = new Map(names.map((name) => [name, outcome.get(name)!]));
    found.set([...asked.values()].join(), asked);
  }
  return [...found.values()];
}

/** How many combinations of values there are. */
function count(domains: Domains): number {
  return [...domains.values()].reduce((product, { length }) => product * length, 1);
}

/** Notes what a condition depends on. False where it cannot be worked out. */
function collect(template: Conditional, condition: Json | undefined, domains: Domains, depth: number): boolean {
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
  if (constant(equals) !== undefined) return;
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

/** What a comparison gives whatever the parameters are: of two texts, and of something with itself. */
function constant(equals: readonly Json[]): boolean | undefined {
  const [one, other] = equals;
  if (typeof one !== 'object' && typeof other !== 'object') return String(one) === String(other);
  return JSON.stringify(one) === JSON.stringify(other) ? true : undefined;
}

/**
 * The Rules of a template, each as a condition that is true of every stack that is made: its own condition is false, or
 * its assertions are true. Rules with functions that only rules have are left out.
 */
function ruleConditions({ rules }: Conditional): readonly Json[] {
  return Object.values(rules).flatMap((rule) => {
    const assertions = isObject(rule) ? rule['Assertions'] : undefined;
    if (!isObject(rule) || !isList(assertions)) return [];
    const holds: Json = { 'Fn::And': assertions.map((one) => (isObject(one) ? (one['Assert'] ?? null) : null)) };
    const { RuleCondition: when } = rule;
    return [when === undefined ? holds : { 'Fn::Or': [{ 'Fn::Not': [when] }, holds] }];
  });
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

function evaluate(template: Conditional, condition: Json, values: Values): boolean {
  if (!isObject(condition)) return condition === true;
  const [name, argument] = Object.entries(condition)[0]!;
  if (name === 'Condition') return evaluate(template, template.conditions[textOf(argument)]!, values);
  const parts = argument as readonly Json[];
  if (name === 'Fn::And') return parts.every((part) => evaluate(template, part, values));
  if (name === 'Fn::Or') return parts.some((part) => evaluate(template, part, values));
  if (name === 'Fn::Not') return !evaluate(template, parts[0]!, values);
  const always = constant(parts);
  if (always !== undefined) return always;
  const [parameter, literal] = comparison(parts) ?? [];
  return parameter === undefined ? values.get(JSON.stringify(parts)) === true : values.get(parameter) === literal;
}
