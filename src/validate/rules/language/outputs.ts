import { isList, isObject, isValueFunction, type JsonObject } from '../../../document/intrinsics.ts';
import type { Model } from '../../model/model.ts';
import { checkShape, type Shape, wrongKind } from '../../model/shape.ts';
import { beside, many } from '../base/examples.ts';
import { longNames, tooLong, tooMany } from '../base/limits.ts';
import { all, badNames, notAMapping } from '../base/look.ts';
import type { Check, Hit, Rule } from '../base/rule.ts';
import { guide } from '../base/urls.ts';
import { conditionKeys } from './condition-names.ts';

const REFUSED = 'CloudFormation refuses the template.';
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
    why: REFUSED,
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
    why: REFUSED,
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
    why: REFUSED,
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
    fix: 'Leave out those that nobody reads.',
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
    why: REFUSED,
    fix: 'Join a list: !Join [",", List].',
    url: guide('outputs-section-structure'),
    bad: [beside('Outputs:', '  Out: { Value: [a, b] } # <-')],
    good: [beside('Outputs:', '  Out: { Value: !Join [",", [a, b]] }')],
    check: each(function* ({ Value }, path) {
      if (Value === undefined || Value === null) return;
      if (isList(Value) || (isObject(Value) && !Object.keys(Value).some(isValueFunction)))
        yield wrongKind(Value, [...path, 'Value'], 'text');
    }),
  },
];
