import { isList } from '../../../../src/document/intrinsics.ts';
import type { Json } from '../../../../src/document/template-document.ts';
import { getAttParts } from '../../../../src/validate/model/references.ts';
import { withValue } from '../trees.ts';
import { argumentAt, calls, instead, misspelt, type Operator, properties, texts } from './operator.ts';

/** A call of a function with each of these arguments. */
function called(name: string, ...values: readonly Json[]): readonly Json[] {
  return values.map((argument) => ({ [name]: argument }));
}

/** Calls of functions that give a list, where one text is needed. */
const firstOf = (lists: readonly Json[]): readonly Json[] => lists.map((list) => ({ 'Fn::Select': [0, list] }));

const lists = properties((value) => isList(value) && value.every((one) => typeof one === 'string'));

/** References to what is not there. */
const REFERENCES: readonly Operator[] = [
  {
    kind: 'Ref of an unknown name',
    places: calls('Ref'),
    change: (template, path, random) =>
      withValue(template, path, { Ref: misspelt(`${argumentAt(template, path)}Q`, random) }),
  },
  instead('Ref of an unknown pseudo parameter', calls('Ref'), [{ Ref: 'AWS::Regoin' }]),
  {
    kind: 'attribute that a type has not',
    places: calls('Fn::GetAtt'),
    change: (template, path, random) => {
      const [name = '', attribute = ''] = getAttParts(argumentAt(template, path));
      return withValue(template, path, { 'Fn::GetAtt': [name, misspelt(`${attribute}Q`, random)] });
    },
  },
  {
    kind: 'attribute of an unknown resource',
    places: calls('Fn::GetAtt'),
    change: (template, path) => {
      const [name = '', attribute = ''] = getAttParts(argumentAt(template, path));
      return withValue(template, path, { 'Fn::GetAtt': [`${name}Q`, attribute] });
    },
  },
  instead('Fn::GetAtt', calls('Fn::GetAtt'), called('Fn::GetAtt', ['One'], 'One', { a: 1 }, ['A', 1, 2])),
];

/** Functions with arguments that they do not take. */
const SHAPES: readonly Operator[] = [
  instead('Fn::Sub', texts, called('Fn::Sub', ['a'], { a: 'b' }, ['${a}', 'x'], ['a', {}, {}], '${NoneZq}')),
  instead(
    'Fn::Select',
    texts,
    called('Fn::Select', [0], 'x', [0, 'a'], [0, ['a'], 1], { a: 1 }, [-1, ['a']], [9, ['a']]),
  ),
  instead(
    'Fn::Join',
    texts,
    called('Fn::Join', [',', 'a'], [{ a: 1 }, ['a']], [','], 'x', [',', ['a'], 'b'], [1, ['a']]),
  ),
  instead('Fn::Split', lists, called('Fn::Split', [','], ',', [',', ['a']], [',', { a: 1 }], [1, 'a,b'])),
  instead('Fn::Base64', texts, called('Fn::Base64', ['a'], { a: 1 })),
  instead('Fn::ImportValue', texts, called('Fn::ImportValue', ['a'], { a: 1 })),
  instead(
    'Fn::If',
    texts,
    called('Fn::If', ['Nope', 'a', 'b'], ['Nope', 'a'], 'x', [{ a: 1 }, 'a', 'b'], ['a', 'b', 'c', 'd']),
  ),
  instead(
    'Fn::FindInMap',
    texts,
    called('Fn::FindInMap', ['Nope', 'a', 'b'], ['Nope', 'a'], 'x', [{ a: 1 }, 'a', 'b']),
  ),
  instead('Fn::GetAZs', texts, firstOf(called('Fn::GetAZs', ['a'], { a: 1 }, { Ref: 'Nope' }, 'us-east-1a'))),
  instead(
    'Fn::Cidr',
    texts,
    firstOf(
      called(
        'Fn::Cidr',
        ...[['10.0.0.0/16', 0, 8], ['10.0.0.0/16', 257, 8], ['10.0.0.0/99', 2, 8], ['10.0.0.0/16']],
        ...[['10.0.0.0/16', 2, 200], 'x', ['a', 'b', 'c'], ['10.0.0.0/16', 2, 8, 1]],
      ),
    ),
  ),
  instead('list where one text is needed', texts, called('Fn::Split', [',', 'a,b'])),
  instead('unknown function', texts, [{ 'Fn::Sbu': 'a' }]),
  instead('two functions at once', texts, [{ 'Fn::Sub': 'a', Ref: 'AWS::Region' }]),
];

/** What may be wrong with functions. */
export const FUNCTION_OPERATORS: readonly Operator[] = [...REFERENCES, ...SHAPES];
