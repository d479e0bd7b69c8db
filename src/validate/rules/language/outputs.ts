import {
  functionOf,
  has,
  isList,
  isObject,
  isValueFunction,
  type JsonObject,
  textOf,
} from '../../../document/intrinsics.ts';
import { isListType } from '../../../document/parameter-value.ts';
import type { Json } from '../../../document/template-document.ts';
import { type Model, objectAt } from '../../model/model.ts';
import { ownCondition } from '../../model/resource.ts';
import { checkShape, type Shape, wrongKind } from '../../model/shape.ts';
import { beside, many } from '../base/examples.ts';
import { longNames, tooLong, tooMany } from '../base/limits.ts';
import { across, all, badNames, branches, literal, notAMapping, valuesAt } from '../base/look.ts';
import { TEMPLATE_REFUSED } from '../base/reasons.ts';
import type { Check, Hit, Rule } from '../base/rule.ts';
import { type Keyed, keyOf, repeated } from '../base/unique.ts';
import { guide } from '../base/urls.ts';
import { conditionKeys } from './condition-names.ts';

/** Whether a function gives a list. */
function givesList(value: Json | undefined, { parameters }: Model): boolean {
  const call = functionOf(value);
  if (call?.name !== 'Ref') return ['Fn::Split', 'Fn::GetAZs', 'Fn::Cidr'].includes(call?.name ?? '');
  return call.argument === 'AWS::NotificationARNs' || isListType(objectAt(parameters, textOf(call.argument))['Type']);
}

const OUTPUT: Shape = { Condition: 'text', Description: 'text', Export: 'mapping', Value: 'any' };
const MAX_DESCRIPTION = 1024;

/** Looks at each output that is a mapping. */
function each(check: (output: JsonObject, path: readonly string[], model: Model) => Iterable<Hit>): Check {
  return function* (model) {
    for (const [name, output] of Object.entries(model.outputs))
      if (isObject(output) && !name.startsWith('Fn::')) yield* check(output, ['Outputs', name], model);
  };
}

const shape: Check = function* ({ outputs }) {
  for (const [name, output] of Object.entries(outputs)) {
    if (name.startsWith('Fn::')) continue;
    yield* checkShape(output, ['Outputs', name], OUTPUT);
    if (isObject(output)) yield* tooLong(output['Description'], ['Outputs', name, 'Description'], MAX_DESCRIPTION);
  }
};

/** Outputs. */
export const OUTPUT_RULES: readonly Rule[] = [
  {
    code: 'E6001',
    name: 'output-shape',
    message: 'An output has a name of letters and digits, and the keys that CloudFormation knows.',
    why: TEMPLATE_REFUSED,
    fix: 'Correct the key or the name.',
    url: guide('outputs-section-structure'),
    bad: [
      beside('Outputs:', '  Out: { Value: a, Exports: {} } # <-'),
      beside('Outputs:', '  My-Out: { Value: a } # <-'),
    ],
    good: [beside('Outputs:', '  Out: { Value: a, Export: { Name: b } }')],
    check: all(notAMapping('Outputs'), badNames('Outputs', 'output name'), shape),
  },
  {
    code: 'E6002',
    name: 'output-required',
    message: 'An output has a Value, and its Export a Name.',
    why: TEMPLATE_REFUSED,
    fix: 'Add what is missing.',
    url: guide('outputs-section-structure'),
    bad: [
      beside('Outputs:', '  Out: { Description: a } # <-'),
      beside('Outputs:', '  Out: { Value: a, Export: {} } # <-'),
    ],
    good: [beside('Outputs:', '  Out: { Value: a }')],
    check: each(function* ({ Value, Export }, path) {
      if (Value === undefined)
        yield { message: `The output ${path[1]} needs a Value.`, path, part: 'key', hint: 'Add Value.' };
      if (isObject(Export)) yield* checkShape(Export, [...path, 'Export'], { Name: 'any' }, ['Name']);
    }),
  },
  {
    code: 'E6005',
    name: 'output-condition',
    message: 'An output names a condition that does not exist.',
    why: TEMPLATE_REFUSED,
    fix: 'Correct the name, or declare it under Conditions.',
    url: guide('conditions-section-structure'),
    bad: [beside('Outputs:', '  Out: { Value: a, Condition: IsProduction } # <-')],
    good: [beside('Outputs:', '  Out: { Value: a }')],
    check: conditionKeys('Outputs'),
  },
  {
    code: 'E6010',
    name: 'output-count',
    message: 'The template has too many outputs.',
    why: 'There may be 200.',
    fix: 'Leave out those that are not needed.',
    url: guide('cloudformation-limits'),
    bad: [
      beside(
        'Outputs: # <-',
        many(201, (i) => `  O${i}: { Value: a }`),
      ),
    ],
    good: [beside('Outputs:', '  Out: { Value: a }')],
    check: tooMany('Outputs', 200),
  },
  {
    code: 'E6011',
    name: 'output-name-length',
    message: 'The name of an output is too long.',
    why: 'It may have 255 characters.',
    fix: 'Shorten it.',
    url: guide('cloudformation-limits'),
    bad: [beside('Outputs:', `  ${'O'.repeat(256)}: { Value: a } # <-`)],
    good: [beside('Outputs:', '  Out: { Value: a }')],
    check: longNames('Outputs'),
  },
  {
    code: 'E6101',
    name: 'output-value',
    message: 'The value of an output must be text.',
    why: TEMPLATE_REFUSED,
    fix: 'Join a list: !Join [",", List].',
    url: guide('outputs-section-structure'),
    bad: [
      beside('Outputs:', '  Out: { Value: [a, b] } # <-'),
      beside('Outputs:', '  Out: { Value: !Split [",", "a,b"] } # <-'),
      beside('Parameters:', '  Names: { Type: CommaDelimitedList }', 'Outputs:', '  Out: { Value: !Ref Names } # <-'),
    ],
    good: [beside('Outputs:', '  Out: { Value: !Join [",", [a, b]] }')],
    check: each(function* (output, path, model) {
      for (const { value, path: at } of branches(output['Value'] ?? undefined, [...path, 'Value'])) {
        const name = functionOf(value)?.name;
        if (isList(value) || (isObject(value) && !Object.keys(value).some(isValueFunction)))
          yield wrongKind(value, at, 'text');
        else if (name !== undefined && givesList(value, model))
          yield { message: `The value of the output ${path[1]} must be text: ${name} gives a list.`, path: at };
      }
    }),
  },
  {
    code: 'E6102',
    name: 'export-name',
    message: 'The name of an export must be text of letters, digits, colons and hyphens.',
    why: TEMPLATE_REFUSED,
    fix: 'Correct the name.',
    url: guide('using-cfn-stack-exports'),
    bad: [
      beside('Outputs:', '  Out: { Value: a, Export: { Name: my name } } # <-'),
      beside('Outputs:', '  Out: { Value: a, Export: { Name: [a] } } # <-'),
    ],
    good: [
      beside('Outputs:', '  Out: { Value: a, Export: { Name: my-name:a } }'),
      beside('Outputs:', "  Out: { Value: a, Export: { Name: !Sub '${AWS::StackName}-a' } }"),
    ],
    check: each(function* (output, path) {
      for (const { value, path: at } of valuesAt(output, 'Export.Name', path, new Map())) {
        const name = literal(value);
        if (isList(value)) yield { path: at };
        else if (name !== undefined && !/^[a-zA-Z0-9:-]+$/.test(name))
          yield {
            message: `The name of an export must consist of letters, digits, colons and hyphens, not ${name}.`,
            path: at,
          };
      }
    }),
  },
  {
    code: 'PL3073',
    name: 'export-twice',
    message: 'Two outputs have the same export name.',
    why: 'The names of exports are the same for a whole region: the stack is refused.',
    fix: 'Rename one; with !Sub ${AWS::StackName}-NAME several stacks of the template can be there.',
    url: guide('using-cfn-stack-exports'),
    bad: [
      beside('Outputs:', '  One: { Value: a, Export: { Name: n } }', '  Two: { Value: b, Export: { Name: n } } # <-'),
    ],
    good: [beside('Outputs:', '  One: { Value: a, Export: { Name: n } }', '  Two: { Value: b, Export: { Name: m } }')],
    check: across(function* (model) {
      const names: Keyed[] = [];
      for (const [id, output] of Object.entries(model.outputs)) {
        if (!isObject(output)) continue;
        for (const { value, ...found } of valuesAt(output, 'Export.Name', ['Outputs', id], ownCondition(output))) {
          const key = keyOf(value);
          if (key !== undefined) names.push({ ...found, key });
        }
      }
      for (const [{ path }, first] of repeated(names, model))
        yield { path, message: `The output ${String(first.path[1])} has this export name already.` };
    }),
  },
  {
    code: 'W6001',
    name: 'output-of-import',
    message: 'An output is what another stack exports, and nothing more.',
    why: 'Who reads this output could read the export itself; this way it depends on one stack more.',
    fix: 'Delete the output, or import the value where it is needed.',
    url: guide('using-cfn-stack-exports'),
    bad: [beside('Outputs:', '  Out: { Value: !ImportValue network-vpc } # <-')],
    good: [beside('Outputs:', "  Out: { Value: !Sub ['${Vpc}-a', { Vpc: !ImportValue network-vpc }] }")],
    check: each(function* (output, path) {
      if (isObject(output['Value']) && has(output['Value'], 'Fn::ImportValue')) yield { path: [...path, 'Value'] };
    }),
  },
];
