import { expect, test } from 'vitest';
import { outcomes } from '../../src/validate/conditions.ts';
import type { JsonObject } from '../../src/validate/functions.ts';

const equals = (name: string, text: string) => ({ 'Fn::Equals': [{ Ref: name }, text] });
const not = (condition: object) => ({ 'Fn::Not': [condition] }) as JsonObject;
const ref = (name: string) => ({ Condition: name });

const template = {
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

test('what is known holds', () => {
  expect(ways(['IsB'], { IsA: true })).toEqual([[false]]);
  expect(ways(['IsX'], { IsY: true })).toEqual([[false]]);
  expect(ways(['IsX'], { Both: true })).toEqual([]);
});

test('what cannot be worked out may be either; of what does not exist, or has no end, nothing is claimed', () => {
  expect(ways(['InRegion'])).toHaveLength(2);
  expect(ways(['Gone'])).toBeUndefined();
  expect(ways(['Circle'])).toBeUndefined();
});

test('too many combinations: nothing is claimed', () => {
  const names = Array.from({ length: 12 }, (_, i) => `C${i}`);
  const conditions = Object.fromEntries(names.map((name) => [name, equals(name, 'x')]));
  expect(outcomes({ parameters: {}, conditions }, names, new Map())).toBeUndefined();
});
