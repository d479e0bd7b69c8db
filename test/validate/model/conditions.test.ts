import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/document/intrinsics.ts';
import { outcomes } from '../../../src/validate/model/conditions.ts';

const equals = (name: string, text: string) => ({ 'Fn::Equals': [{ Ref: name }, text] });
const not = (condition: object) => ({ 'Fn::Not': [condition] }) as JsonObject;
const ref = (name: string) => ({ Condition: name });

const template = {
  rules: {},
  parameters: {
    Kind: { Type: 'String', AllowedValues: ['a', 'b'] },
    Free: { Type: 'String' },
  },
  conditions: {
    IsA: equals('Kind', 'a'),
    IsB: equals('Kind', 'b'),
    IsNeither: not({ 'Fn::Or': [ref('IsA'), ref('IsB')] }),
    IsX: equals('Free', 'x'),
    IsY: equals('Free', 'y'),
    Both: { 'Fn::And': [ref('IsX'), ref('IsY')] },
    InRegion: { 'Fn::Equals': [{ 'Fn::FindInMap': ['a', 'b', 'c'] }, 'x'] },
    Circle: ref('Circle'),
  },
};

const ways = (names: readonly string[], known: Readonly<Record<string, boolean>> = {}) =>
  outcomes(template, names, new Map(Object.entries(known)))?.map((way) => names.map((name) => way.get(name)));

test('allowed values are all that a parameter can be', () => {
  expect(ways(['IsA', 'IsB'])).toEqual([
    [true, false],
    [false, true],
  ]);
  expect(ways(['IsNeither'])).toEqual([[false]]);
});

test('a parameter without allowed values may be none of what it is compared with, and never two', () => {
  expect(ways(['IsX', 'IsY'])).toHaveLength(3);
  expect(ways(['Both'])).toEqual([[false]]);
});

test('what is known is true', () => {
  expect(ways(['IsB'], { IsA: true })).toEqual([[false]]);
  expect(ways(['IsX'], { IsY: true })).toEqual([[false]]);
  expect(ways(['IsX'], { Both: true })).toEqual([]);
});

test('what cannot be worked out may be either; of what does not exist, or has no end, nothing is claimed', () => {
  expect(ways(['InRegion'])).toHaveLength(2);
  expect(ways(['Gone'])).toBeUndefined();
  expect(ways(['Circle'])).toBeUndefined();
});

test('of many ways those are given that show each two conditions in each way', () => {
  const names = Array.from({ length: 12 }, (_, i) => `C${i}`);
  const conditions = Object.fromEntries(names.map((name) => [name, equals(name, 'x')]));
  const found = outcomes({ parameters: {}, conditions, rules: {} }, names, new Map());
  expect(found?.length).toBeLessThan(300);
  for (const one of names)
    for (const other of names.filter((name) => name !== one))
      expect(new Set(found?.map((way) => [way.get(one), way.get(other)].join())).size).toBe(4);
});

test('hundreds of conditions and parameters are no more work than their number', () => {
  const count = 300;
  const names = Array.from({ length: count }, (_, i) => `C${i}`);
  const conditions = Object.fromEntries(
    names.map((name, i) => [
      name,
      i === 0
        ? equals('P0', 'x')
        : { 'Fn::Or': [ref(`C${i - 1}`), { 'Fn::And': [ref(`C${i - 1}`), equals(`P${i}`, 'x')] }] },
    ]),
  );
  const given = { parameters: {}, conditions, rules: {} };
  expect(outcomes(given, [`C${count - 1}`], new Map([['C0', false]]))).toEqual([new Map([[`C${count - 1}`, false]])]);
  expect(outcomes(given, names, new Map())?.length).toBeGreaterThan(1);
});

test('where the budget is used up, nothing is claimed', () => {
  // Twelve pigeons, eleven holes: that they do not fit is known to take such solvers for ever.
  const pigeons = Array.from({ length: 12 }, (_, i) => i);
  const holes = pigeons.slice(1);
  const and = (parts: readonly object[]): object => parts.reduce((one, other) => ({ 'Fn::And': [one, other] }));
  const or = (parts: readonly object[]): object => parts.reduce((one, other) => ({ 'Fn::Or': [one, other] }));
  const sits = (pigeon: number, hole: number): object => equals(`P${pigeon}H${hole}`, 'x');
  const alone = holes.flatMap((hole) =>
    pigeons.flatMap((one) => pigeons.slice(one + 1).map((other) => not(and([sits(one, hole), sits(other, hole)])))),
  );
  const each = pigeons.map((pigeon) => or(holes.map((hole) => sits(pigeon, hole))));
  const conditions = { Fits: and([...each, ...alone]) } as JsonObject;
  expect(outcomes({ parameters: {}, conditions, rules: {} }, ['Fits'], new Map())).toBeUndefined();
});

test('a rule makes ways impossible in which it is not true', () => {
  const rules = { Needs: { RuleCondition: equals('Free', 'x'), Assertions: [{ Assert: equals('Kind', 'a') }] } };
  const found = outcomes(
    { ...template, conditions: { ...template.conditions }, rules },
    ['IsA'],
    new Map([['IsX', true]]),
  );
  expect(found?.map((way) => way.get('IsA'))).toEqual([true]);
  const free = outcomes(
    { ...template, conditions: { ...template.conditions }, rules },
    ['IsA'],
    new Map([['IsX', false]]),
  );
  expect(free?.map((way) => way.get('IsA')).sort()).toEqual([false, true]);
});

test('what is compared with itself, or two texts, is constant', () => {
  const conditions = {
    Never: { 'Fn::Equals': ['a', 'b'] },
    Always: { 'Fn::Equals': [{ Ref: 'Kind' }, { Ref: 'Kind' }] },
  };
  const given = outcomes({ ...template, conditions }, ['Never', 'Always'], new Map());
  expect(given?.map((way) => [...way.values()])).toEqual([[false, true]]);
});
