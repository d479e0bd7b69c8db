import { functionOf, has, isList, isObject, type JsonObject } from '../../../../src/document/intrinsics.ts';
import type { Json } from '../../../../src/document/template-document.ts';
import { type Path, placesOf, renamed, valueAt, withValue } from '../trees.ts';
import { instead, misspelt, type Operator, pick, properties, texts } from './operator.ts';

const PROPERTIES: readonly Operator[] = [
  {
    kind: 'name of a property',
    places: properties((_, path) => typeof path.at(-1) === 'string' && String(path.at(-1)).length > 3),
    change: (template, path, random) => renamed(template, path, misspelt(String(path.at(-1)), random)),
  },
  instead(
    'text for a mapping or list',
    properties((value) => typeof value === 'object' && !functionOf(value)),
    ['text'],
  ),
  instead(
    'mapping for a value',
    properties((value) => typeof value !== 'object'),
    [{ Bad: 'x' }],
  ),
  instead(
    'text for a boolean',
    properties((value) => typeof value === 'boolean'),
    ['maybe'],
  ),
  instead(
    'text for a number',
    properties((value) => typeof value === 'number'),
    ['many'],
  ),
  instead(
    'nothing',
    properties(() => true),
    [null],
  ),
  instead('dynamic reference', texts, ['{{resolve:ssm:}}', '{{resolve:ssm:a:b}}', '{{resolve:ssm-secure:a:1}}']),
];

/** Places of statements of policies. */
const statements: Operator['places'] = (template) =>
  placesOf(
    template,
    (value, path) =>
      path[0] === 'Resources' &&
      isObject(value) &&
      has(value, 'Effect') &&
      (has(value, 'Action') || has(value, 'NotAction')),
  );

/** A key of a statement, which has it before, gets one of these values. */
function ofStatement(key: string, values: readonly (Json | undefined)[]): Operator {
  return {
    kind: `${key} of a statement`,
    places: (template) => statements(template).filter((path) => has(valueAt(template, path) as JsonObject, key)),
    change: (template, path, random) => withValue(template, [...path, key], pick(values, random)),
  };
}

const within =
  (key: string, fits: (value: Json) => boolean): Operator['places'] =>
  (template) =>
    placesOf(template, (value, path: Path) => path[0] === 'Resources' && path.at(-1) === key && fits(value));

const POLICIES: readonly Operator[] = [
  ofStatement('Effect', ['allow', 'Permit', '', ['Allow'], undefined]),
  ofStatement('Action', [{ a: 1 }, 's3GetObject', undefined]),
  ofStatement('Resource', ['bucket', { a: 1 }, undefined]),
  ofStatement('Principal', ['ec2.amazonaws.com', { Services: 'ec2.amazonaws.com' }]),
  {
    kind: 'unknown key of a statement',
    places: statements,
    change: (template, path, random) =>
      withValue(template, [...path, pick(['Actions', 'Principals', 'Conditions', 'Resources'], random)], 'x'),
  },
  instead(
    'version of a policy',
    within('Version', (value) => /^20(?:12|08)-/.test(String(value))),
    ['2012-10-18', 'latest', { a: 1 }],
  ),
  instead('statements that are none', within('Statement', isList), ['x', ['x'], undefined]),
];

/** What may be wrong with values of properties, and with policies in them. */
export const VALUE_OPERATORS: readonly Operator[] = [...PROPERTIES, ...POLICIES];
