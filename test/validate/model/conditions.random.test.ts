import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/document/intrinsics.ts';
import type { Json } from '../../../src/document/template-document.ts';
import { isPossible, outcomes } from '../../../src/validate/model/conditions.ts';

const SEED = 7;
const TEMPLATES = 300;
const REGIONS = ['r1', 'r2'];
const TEXTS = ['', 'a', 'b'];
/** What no condition compares anything with: enough for three parameters that differ. */
const OTHERS = ['other 1', 'other 2', 'other 3'];

/** Numbers that look random and are the same in each run (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

interface Small {
  readonly parameters: JsonObject;
  readonly mappings: JsonObject;
  readonly conditions: JsonObject;
  readonly rules: JsonObject;
}

function randomTemplate(random: () => number): Small {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const parameters = Object.fromEntries(
    ['P', 'Q', 'S'].map((name) => {
      const kind = random();
      const more: JsonObject =
        kind < 0.4 ? { AllowedValues: TEXTS.filter(() => random() < 0.6) } : kind < 0.6 ? { MinLength: 1 } : {};
      return [name, { Type: 'String', ...more }];
    }),
  );
  const names = Array.from({ length: 2 + Math.floor(random() * 4) }, (_, i) => `C${i}`);
  const ref = (): Json => ({ Ref: pick(['P', 'Q', 'S']) });
  const value = (): Json => {
    const kind = random();
    if (kind < 0.7) return ref();
    if (kind < 0.8) return { 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, pick(['x', 'y'])] };
    return { Ref: 'AWS::Region' };
  };
  const equals = (): Json => {
    if (random() < 0.1) return { 'Fn::Equals': ['', { 'Fn::Join': ['', [ref(), ref()]] }] };
    const one = value();
    const isPlain = Object.hasOwn(one as JsonObject, 'Ref') && (one as JsonObject)['Ref'] !== 'AWS::Region';
    return { 'Fn::Equals': [one, isPlain && random() < 0.2 ? ref() : pick(isPlain ? TEXTS : [...TEXTS, ...REGIONS])] };
  };
  const formula = (depth: number, before: readonly string[], leaf: () => Json): Json => {
    const kind = random();
    if (depth === 0 || kind < 0.4) return before.length > 0 && kind < 0.15 ? { Condition: pick(before) } : leaf();
    if (kind < 0.55) return { 'Fn::Not': [formula(depth - 1, before, leaf)] };
    return { [pick(['Fn::And', 'Fn::Or'])]: [formula(depth - 1, before, leaf), formula(depth - 1, before, leaf)] };
  };
  const ruleLeaf = (): Json =>
    random() < 0.5
      ? { 'Fn::Equals': [ref(), pick(TEXTS)] }
      : { 'Fn::Contains': [TEXTS.filter(() => random() < 0.5), ref()] };
  return {
    parameters,
    mappings: { M: Object.fromEntries(REGIONS.map((one) => [one, { x: pick(TEXTS), y: pick(TEXTS) }])) },
    conditions: Object.fromEntries(names.map((name, i) => [name, formula(2, names.slice(0, i), equals)])),
    rules:
      random() < 0.5
        ? {}
        : { R: { RuleCondition: formula(1, [], ruleLeaf), Assertions: [{ Assert: formula(1, [], ruleLeaf) }] } },
  };
}

/** Every way in which the conditions can turn out: each value that each parameter may have is tried. */
function byBruteForce({ parameters, mappings, conditions, rules }: Small): Set<string> {
  const used = JSON.stringify([conditions, rules]);
  const domain = (name: string): readonly string[] => {
    if (!used.includes(`{"Ref":"${name}"}`)) return [''];
    if (name === 'AWS::Region') return [...TEXTS, ...REGIONS, OTHERS[0]!];
    const { AllowedValues, MinLength } = parameters[name] as JsonObject;
    return (
      (AllowedValues as string[] | undefined) ??
      [...TEXTS, ...OTHERS].filter((one) => one !== '' || MinLength === undefined)
    );
  };
  const found = new Set<string>();
  for (const P of domain('P'))
    for (const Q of domain('Q'))
      for (const S of domain('S'))
        for (const region of domain('AWS::Region')) {
          const values: Record<string, string> = { P, Q, S, 'AWS::Region': region };
          const result = (one: Json): string | undefined => {
            if (typeof one === 'string') return one;
            const { Ref, 'Fn::Join': join, 'Fn::FindInMap': find } = one as Record<string, Json>;
            if (Ref !== undefined) return values[Ref as string];
            if (join !== undefined) return ((join as Json[])[1] as Json[]).map(result).join('');
            return ((mappings['M'] as JsonObject)[region] as JsonObject | undefined)?.[
              (find as string[])[2]!
            ] as string;
          };
          let fails = false;
          const holds = (one: Json): boolean => {
            const [name, argument] = Object.entries(one as JsonObject)[0] as [string, Json[]];
            if (name === 'Condition') return holds(conditions[argument as unknown as string]!);
            if (name === 'Fn::Not') return !holds(argument[0]!);
            if (name === 'Fn::And') return argument.map(holds).every(Boolean);
            if (name === 'Fn::Or') return argument.map(holds).some(Boolean);
            if (name === 'Fn::Contains') return (argument[0] as unknown as Json[]).includes(result(argument[1]!)!);
            const [left, right] = [result(argument[0]!), result(argument[1]!)];
            if (left === undefined || right === undefined) fails = true;
            return left === right;
          };
          const way = Object.values(conditions).map(holds);
          const isLawful = Object.values(rules).every((rule) => {
            const { RuleCondition, Assertions } = rule as { RuleCondition: Json; Assertions: { Assert: Json }[] };
            return !holds(RuleCondition) || Assertions.every(({ Assert }) => holds(Assert));
          });
          if (!fails && isLawful) found.add(way.join());
        }
  return found;
}

test('the solver says of random templates what trying every value says', () => {
  const random = numbers(SEED);
  let impossible = 0;
  for (let count = 0; count < TEMPLATES; count++) {
    const template = randomTemplate(random);
    const names = Object.keys(template.conditions);
    const real = byBruteForce(template);
    // A template of which no stack can be made: nothing is claimed of it.
    if (real.size === 0 && ++impossible) continue;
    const given = outcomes(template, names, new Map());
    const said = new Set(given?.map((way) => [...way.values()].join()));
    expect({ template, said: [...said].sort() }).toEqual({ template, said: [...real].sort() });
    for (const [index, name] of names.entries())
      for (const value of [true, false]) {
        const can = [...real].some((way) => way.split(',')[index] === String(value));
        expect(isPossible(template, new Map([[name, value]]))).toBe(can);
      }
  }
  expect(impossible).toBeLessThan(TEMPLATES / 3);
});
