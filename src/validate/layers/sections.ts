import type { Path } from '../../diagnostics/diagnostic.ts';
import { has, isList, isObject, isValueFunction, type JsonObject } from '../../document/intrinsics.ts';
import type { Json } from '../../document/template-document.ts';
import type { Finding } from '../model/finding.ts';
import { type Model, objectAt } from '../model/model.ts';
import { checkShape, didYouMean, type Shape, unknownKeys, wrongKind } from '../model/shape.ts';

const OUTPUT: Shape = { Condition: 'text', Description: 'text', Export: 'mapping', Value: 'any' };

/** Outputs, mappings, rules, and the form that the console shows for parameters. */
export function* sections(template: Model): Generator<Finding> {
  yield* outputs(template);
  yield* mappings(template);
  yield* rules(template);
  yield* parameterForm(template);
}

function* outputs({ outputs }: Model): Generator<Finding> {
  for (const [name, output] of Object.entries(outputs)) {
    if (name.startsWith('Fn::')) continue;
    const path = ['Outputs', name];
    if (!/^[a-zA-Z0-9]+$/.test(name))
      yield { code: 'E6001', message: `The output name ${name} must be letters and digits.`, path, part: 'key' };
    yield* checkShape(output, path, 'E6001', OUTPUT);
    if (!isObject(output)) continue;
    if (output['Value'] === undefined)
      yield { code: 'E6002', message: `The output ${name} has no Value.`, path, part: 'key', hint: 'Add Value.' };
    else yield* outputValue(output, name);
    yield* exportFaults(output, name);
  }
}

function* outputValue({ Value }: JsonObject, name: string): Generator<Finding> {
  if (Value === undefined || Value === null) return;
  if (isList(Value) || (isObject(Value) && !Object.keys(Value).some(isValueFunction)))
    yield wrongKind(Value, ['Outputs', name, 'Value'], 'E6101', 'text');
}

function* exportFaults({ Export }: JsonObject, name: string): Generator<Finding> {
  if (isObject(Export)) yield* checkShape(Export, ['Outputs', name, 'Export'], 'E6002', { Name: 'any' }, ['Name']);
}

function* mappings({ mappings }: Model): Generator<Finding> {
  for (const [name, mapping] of Object.entries(mappings)) {
    const path = ['Mappings', name];
    if (name === 'Fn::Transform') continue;
    if (!/^[a-zA-Z0-9]+$/.test(name))
      yield { code: 'E7001', message: `The mapping name ${name} must be letters and digits.`, path, part: 'key' };
    if (!isObject(mapping)) {
      yield wrongKind(mapping, path, 'E7001', 'mapping');
      continue;
    }
    for (const [key, row] of Object.entries(mapping)) {
      if (!isObject(row)) yield wrongKind(row, [...path, key], 'E7001', 'mapping');
      else yield* mappingRow(row, [...path, key]);
    }
  }
}

function* mappingRow(row: JsonObject, path: readonly string[]): Generator<Finding> {
  for (const [key, value] of Object.entries(row)) {
    if (!isObject(value) && value !== null) continue;
    yield {
      code: 'E7001',
      message: 'A mapping holds text, numbers and lists, no functions and nothing nested.',
      path: [...path, key],
    };
  }
}

function* rules({ rules }: Model): Generator<Finding> {
  for (const [name, rule] of Object.entries(rules)) {
    const path = ['Rules', name];
    yield* checkShape(rule, path, 'E1700', { Assertions: 'list', RuleCondition: 'any' }, ['Assertions']);
    if (!isObject(rule) || !isList(rule['Assertions'])) continue;
    for (const [index, assertion] of rule['Assertions'].entries())
      yield* assertionFaults(assertion, [...path, 'Assertions', index]);
  }
}

/** CloudFormation takes an assertion with other keys beside its own. */
function* assertionFaults(assertion: Json, path: Path): Generator<Finding> {
  const shape: Shape = { Assert: 'any', AssertDescription: 'text' };
  if (!isObject(assertion)) {
    yield wrongKind(assertion, path, 'E1700', 'mapping');
    return;
  }
  for (const finding of unknownKeys(assertion, path, 'PL3051', Object.keys(shape)))
    yield { ...finding, severity: 'warning' };
  const known = Object.entries(assertion).filter(([key]) => has(shape, key));
  yield* checkShape(Object.fromEntries(known), path, 'E1700', shape, ['Assert']);
}

/** AWS::CloudFormation::Interface: the groups and labels of parameters. */
function* parameterForm({ root, parameters }: Model): Generator<Finding> {
  const form = objectAt(root['Metadata'], 'AWS::CloudFormation::Interface');
  const path = ['Metadata', 'AWS::CloudFormation::Interface'];
  yield* unknownKeys(form, path, 'E4001', ['ParameterGroups', 'ParameterLabels']);
  const groups = form['ParameterGroups'];
  for (const [g, group] of (isList(groups) ? groups : []).entries()) {
    const names = isObject(group) ? group['Parameters'] : undefined;
    for (const [index, name] of (isList(names) ? names : []).entries())
      yield* missing(name, [...path, 'ParameterGroups', g, 'Parameters', index]);
  }
  for (const name of Object.keys(objectAt(form, 'ParameterLabels')))
    yield* missing(name, [...path, 'ParameterLabels', name]);

  function* missing(name: unknown, at: readonly (string | number)[]): Generator<Finding> {
    if (typeof name !== 'string' || has(parameters, name)) return;
    const hint = didYouMean(name, () => Object.keys(parameters));
    yield { code: 'W4001', message: `The form names ${name}, which is no parameter.`, path: at, part: 'key', hint };
  }
}
