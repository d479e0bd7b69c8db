import type { JsonObject } from '../../../src/document/intrinsics.ts';
import type { Json } from '../../../src/document/template-document.ts';
import { pick, type Random } from './language/operator.ts';

const TEXTS = ['a', 'b', 'c'];
const PARAMETERS = ['P', 'Q'];
const TYPE = 'AWS::SNS::Topic';

/** A template whose conditions, resources and outputs refer to each other by chance. */
export interface Referring {
  readonly Parameters: JsonObject;
  readonly Conditions: Readonly<Record<string, Json>>;
  readonly Resources: Readonly<Record<string, JsonObject>>;
  readonly Outputs: Readonly<Record<string, JsonObject>>;
}

/** Makes one: conditions on two parameters, topics and outputs under some of them, references within Fn::If or not. */
export function referringTemplate(random: Random): Referring {
  const conditions = ['C0', 'C1', 'C2'];
  const topics = ['R0', 'R1', 'R2', 'R3', 'R4'];
  const formula = (before: readonly string[]): Json => {
    const equals: Json = { 'Fn::Equals': [{ Ref: pick(PARAMETERS, random) }, pick(TEXTS, random)] };
    const other: Json = before.length > 0 && random() < 0.5 ? { Condition: pick(before, random) } : equals;
    return pick<Json>(
      [equals, { 'Fn::Not': [other] }, { 'Fn::And': [equals, other] }, { 'Fn::Or': [equals, other] }],
      random,
    );
  };
  const value = (depth: number): Json => {
    const topic = pick(topics, random);
    const reference = pick<Json>(
      [{ Ref: topic }, { 'Fn::GetAtt': [topic, 'TopicName'] }, { 'Fn::Sub': `to \${${topic}}` }],
      random,
    );
    const kind = random();
    if (kind < 0.35) return 'text';
    if (kind < 0.7 || depth === 0) return reference;
    return { 'Fn::If': [pick(conditions, random), value(depth - 1), value(depth - 1)] };
  };
  const perhaps = (): JsonObject => (random() < 0.5 ? { Condition: pick(conditions, random) } : {});
  const each = <T>(names: readonly string[], make: (index: number) => T): Readonly<Record<string, T>> =>
    Object.fromEntries(names.map((name, index) => [name, make(index)]));
  return {
    Parameters: each(PARAMETERS, () => ({ Type: 'String', AllowedValues: TEXTS })),
    Conditions: each(conditions, (index) => formula(conditions.slice(0, index))),
    Resources: each(topics, (index) => ({
      Type: TYPE,
      ...perhaps(),
      // A topic needs those after it as a rule: most templates have no circle.
      ...(random() < 0.2 && { DependsOn: topics[index + 1] ?? 'R0' }),
      Properties: { DisplayName: value(2) },
    })),
    Outputs: each(['O0', 'O1'], () => ({ ...perhaps(), Value: value(2) })),
  };
}

/** A place at which something refers to a topic that is not there in some stack: `Resources.R0 R1`. */
export function missingIn({ Conditions, Resources, Outputs }: Referring): ReadonlySet<string> {
  const found = new Set<string>();
  for (const P of TEXTS)
    for (const Q of TEXTS) {
      const holds = (formula: Json): boolean => holdsWith(Conditions, { P, Q }, formula);
      const isThere = ({ Condition }: JsonObject): boolean => Condition === undefined || holds({ Condition });
      for (const [section, entries] of Object.entries({ Resources, Outputs }))
        for (const [name, entry] of Object.entries(entries).filter(([, one]) => isThere(one)))
          for (const target of targetsIn(entry['Properties'] ?? entry['Value']!, holds))
            if (!isThere(Resources[target]!)) found.add(`${section}.${name} ${target}`);
    }
  return found;
}

function holdsWith(
  conditions: Referring['Conditions'],
  values: Readonly<Record<string, string>>,
  formula: Json,
): boolean {
  const [name, argument] = Object.entries(formula as JsonObject)[0]!;
  const holds = (one: Json): boolean => holdsWith(conditions, values, one);
  if (name === 'Condition') return holds(conditions[String(argument)]!);
  const [one, other] = argument as readonly [Json, Json];
  if (name === 'Fn::Not') return !holds(one);
  if (name === 'Fn::And') return holds(one) && holds(other);
  if (name === 'Fn::Or') return holds(one) || holds(other);
  return values[String((one as JsonObject)['Ref'])] === other;
}

/** The topics that a value refers to, in the branches that are taken. */
function targetsIn(value: Json, holds: (formula: Json) => boolean): readonly string[] {
  if (typeof value === 'string') return [];
  const object = value as JsonObject;
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Sub': text, 'Fn::If': branches, DisplayName } = object;
  if (DisplayName !== undefined) return targetsIn(DisplayName, holds);
  if (branches !== undefined) {
    const [condition, one, other] = branches as readonly [string, Json, Json];
    return targetsIn(holds({ Condition: condition }) ? one : other, holds);
  }
  return [String(Ref ?? (attribute as readonly string[] | undefined)?.[0] ?? /\{(\w+)\}/.exec(String(text))![1])];
}

/** Topics that need each other in circles, as each can be reached from itself. */
export function inCircles({ Resources }: Referring): ReadonlySet<string> {
  const needs = (name: string): readonly string[] => {
    const { DependsOn, Properties } = Resources[name]!;
    const named = [...JSON.stringify(Properties).matchAll(/\bR\d\b/g)].map(([one]) => one);
    return DependsOn === undefined ? named : [...named, String(DependsOn)];
  };
  const reached = (from: string): ReadonlySet<string> => {
    const all = new Set(needs(from));
    for (const one of all) for (const next of needs(one)) all.add(next);
    return all;
  };
  return new Set(Object.keys(Resources).filter((name) => reached(name).has(name)));
}
