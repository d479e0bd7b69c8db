import { isObject } from '../../../../src/document/intrinsics.ts';
import type { Json } from '../../../../src/document/template-document.ts';
import { renamed, valueAt, withValue } from '../trees.ts';
import { entry, instead, misspelt, type Operator, pick, resources } from './operator.ts';

/** A key of each resource gets one of these values. */
function attribute(kind: string, keys: readonly string[], values: readonly (Json | undefined)[]): Operator {
  return {
    kind,
    places: resources,
    change: (template, path, random) => withValue(template, [...path, pick(keys, random)], pick(values, random)),
  };
}

const RESOURCES: readonly Operator[] = [
  attribute('DependsOn', ['DependsOn'], ['Nope', ['Nope'], { a: 1 }, [1]]),
  attribute('no type', ['Type'], [undefined]),
  attribute('unknown key of a resource', ['Propertie', 'DependOn', 'Conditions', 'Tags', 'DeletePolicy'], ['x']),
  attribute('DeletionPolicy', ['DeletionPolicy', 'UpdateReplacePolicy'], ['Keep', 'retain', { a: 1 }, ['Retain']]),
  attribute('condition of a resource', ['Condition'], ['Nope', { a: 1 }, ['Nope'], true]),
  attribute('properties that are none', ['Properties'], ['x', ['x'], 7]),
  attribute('metadata that is none', ['Metadata'], ['x', ['x']]),
  attribute(
    'CreationPolicy',
    ['CreationPolicy'],
    [{ ResourceSignal: { Count: 'x' } }, { Nope: 1 }, 'x', { ResourceSignal: { Timeout: '5 minutes' } }],
  ),
  attribute('UpdatePolicy', ['UpdatePolicy'], [{ Nope: {} }, 'x', { AutoScalingRollingUpdate: { MaxBatchSiz: 1 } }]),
  {
    kind: 'unknown type',
    places: resources,
    change: (template, path, random) => {
      const type = valueAt(template, [...path, 'Type']);
      return typeof type === 'string' && type.startsWith('AWS::')
        ? withValue(template, [...path, 'Type'], misspelt(type, random))
        : undefined;
    },
  },
  {
    kind: 'name of a resource',
    places: resources,
    change: (template, path) => renamed(template, path, `${path[1]}-x`),
  },
];

const ENTRIES: readonly Operator[] = [
  entry('condition', 'Conditions', [
    ...[{ 'Fn::Equals': ['a'] }, { 'Fn::Not': ['a', 'b'] }, { 'Fn::And': [{ Condition: 'Fresh' }] }, { 'Fn::Or': [] }],
    ...[{ 'Fn::Equals': [{ Ref: 'Nope' }, 'a'] }, { Condition: 'Nope' }, 'x', { 'Fn::If': ['a', 'b', 'c'] }],
    ...[{ 'Fn::Equals': ['a', 'b'], 'Fn::Not': [] }, { 'Fn::Equals': [['a'], 'b'] }],
  ]),
  entry('output', 'Outputs', [
    ...[{}, { Value: ['a'] }, { Value: { a: 1 } }, { Value: 'a', Export: {} }, { Value: 'a', Export: 'x' }, 'x'],
    ...[
      { Value: 'a', Export: { Name: ['x'] } },
      { Value: 'a', Description: ['a'] },
      { Value: 'a', Condition: 'Nope' },
    ],
    ...[{ Value: 'a', Extra: 1 }, { Value: null }, { Value: { Ref: 'Nope' } }, { Value: 'a', Condition: { a: 1 } }],
    ...[
      { Value: 'a', Description: { Ref: 'AWS::Region' } },
      { Value: 'a', Export: { Name: 'a', B: 1 } },
    ],
  ]),
  entry('mapping', 'Mappings', [
    ...[{}, 'x', { a: {} }, { a: 'b' }, { a: { b: { c: 1 } } }, { a: { b: { Ref: 'AWS::Region' } } }, ['a']],
    ...[{ 'a b': { c: 'd' } }, { a: { 'b c!': 'd' } }, { a: { b: null } }],
  ]),
  entry('parameter', 'Parameters', [
    ...[{}, { Type: 'Strng' }, { Type: 'String', Default: 'c', AllowedValues: ['a', 'b'] }, 'x'],
    ...[
      { Type: 'String', MinLength: 5, MaxLength: 2 },
      { Type: 'Number', Default: 'x' },
    ],
    ...[
      { Type: 'String', AllowedPattern: '^a$', Default: 'b' },
      { Type: 'Number', MinValue: 5, Default: 1 },
    ],
    ...[
      { Type: 'String', NoEcho: 'maybe' },
      { Type: 'String', Extra: 1 },
      { Type: 'String', Default: ['a'] },
    ],
    ...[
      { Type: 'String', Description: ['a'] },
      { Type: 'String', AllowedValues: 'a' },
    ],
    ...[
      { Type: 'String', MaxLength: 2, Default: 'abc' },
      { Type: 'String', MinLength: 'x' },
    ],
    ...[
      { Type: 'List<Number>', Default: 'a,b' },
      { Type: 'String', Default: { Ref: 'AWS::Region' } },
    ],
  ]),
];

/** Names of entries that are not names, and what the template itself has. */
const NAMES: readonly Operator[] = [
  ...(['Outputs', 'Parameters'].map((section) => ({
    kind: `name in ${section}`,
    places: () => [
      [section, 'A-b'],
      [section, 'a b'],
    ],
    change: (template, path) => withValue(template, path, section === 'Outputs' ? { Value: 'a' } : { Type: 'String' }),
  })) satisfies Operator[]),
  { kind: 'unknown section', places: () => [['Output']], change: (template, path) => withValue(template, path, {}) },
  instead('version', () => [['AWSTemplateFormatVersion']], ['2010-09-10', 20100909]),
  instead('description', () => [['Description']], [['a'], { Ref: 'AWS::Region' }, 'a'.repeat(1025)]),
  instead(
    'section of another kind',
    ({ Outputs, Parameters }) => [
      ['Metadata'],
      ...(isObject(Outputs) ? [['Outputs']] : []),
      ...(isObject(Parameters) ? [['Parameters']] : []),
    ],
    ['x', ['x']],
  ),
  instead('rule', () => [['Rules', 'Fresh']], [{}, { Assertions: [{ Assert: 'x' }] }]),
];

/** What may be wrong with sections and their entries. */
export const SECTION_OPERATORS: readonly Operator[] = [...RESOURCES, ...ENTRIES, ...NAMES];
