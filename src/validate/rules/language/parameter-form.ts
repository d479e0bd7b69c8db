import type { Path } from '../../../diagnostics/diagnostic.ts';
import { has, isList, isObject } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { type Model, objectAt } from '../../model/model.ts';
import { didYouMean, unknownKeys } from '../../model/shape.ts';
import { beside } from '../base/examples.ts';
import type { Rule } from '../base/rule.ts';
import { guide } from '../base/urls.ts';

const PATH = ['Metadata', 'AWS::CloudFormation::Interface'];

/** The names of parameters in the form's groups and labels. */
function* names({ root }: Model): Generator<readonly [name: Json, path: Path]> {
  const { ParameterGroups: groups, ParameterLabels: labels } = objectAt(root['Metadata'], PATH[1]!);
  for (const [index, group] of isList(groups) ? groups.entries() : []) {
    const parameters = isObject(group) ? group['Parameters'] : undefined;
    for (const [at, name] of isList(parameters) ? parameters.entries() : [])
      yield [name, [...PATH, 'ParameterGroups', index, 'Parameters', at]];
  }
  for (const name of Object.keys(isObject(labels) ? labels : {})) yield [name, [...PATH, 'ParameterLabels', name]];
}

/** AWS::CloudFormation::Interface: the form that the console shows for parameters. */
export const PARAMETER_FORM_RULES: readonly Rule[] = [
  {
    code: 'E4001',
    name: 'parameter-form',
    message:
      'AWS::CloudFormation::Interface has the keys ParameterGroups and ParameterLabels, and these have no keys but their own.',
    why: 'The console shows parameters without groups or labels, and says nothing.',
    fix: 'Correct the key.',
    url: guide('aws-resource-cloudformation-interface'),
    bad: [
      beside('Metadata:', '  AWS::CloudFormation::Interface:', '    ParameterLabel: {} # <-'),
      beside('Metadata:', '  AWS::CloudFormation::Interface:', '    ParameterGroups: [{ BadLabel: a }] # <-'),
    ],
    good: [beside('Metadata:', '  AWS::CloudFormation::Interface:', '    ParameterLabels: {}')],
    *check({ root }) {
      const form = objectAt(root['Metadata'], PATH[1]!);
      yield* unknownKeys(form, PATH, ['ParameterGroups', 'ParameterLabels']);
      const { ParameterGroups: groups, ParameterLabels: labels } = form;
      for (const [index, group] of isList(groups) ? groups.entries() : []) {
        const path = [...PATH, 'ParameterGroups', index];
        if (!isObject(group)) continue;
        yield* unknownKeys(group, path, ['Label', 'Parameters']);
        if (isObject(group['Label'])) yield* unknownKeys(group['Label'], [...path, 'Label'], ['default']);
      }
      for (const [name, label] of Object.entries(isObject(labels) ? labels : {}))
        if (isObject(label)) yield* unknownKeys(label, [...PATH, 'ParameterLabels', name], ['default']);
    },
  },
  {
    code: 'W4001',
    name: 'parameter-form-names',
    message: 'The form names a parameter that does not exist.',
    why: 'The console leaves it out.',
    fix: 'Correct the name.',
    url: guide('aws-resource-cloudformation-interface'),
    bad: [
      beside(
        ...['Parameters:', '  Name: { Type: String }', 'Metadata:', '  AWS::CloudFormation::Interface:'],
        ...['    ParameterLabels:', '      Nam: { default: Your name } # <-'],
      ),
      beside(
        ...['Parameters:', '  Name: { Type: String }', 'Metadata:', '  AWS::CloudFormation::Interface:'],
        '    ParameterGroups: [{ Parameters: [Nam] }] # <-',
      ),
    ],
    good: [
      beside(
        ...['Parameters:', '  Name: { Type: String }', 'Metadata:', '  AWS::CloudFormation::Interface:'],
        ...['    ParameterLabels:', '      Name: { default: Your name }'],
      ),
    ],
    *check(model) {
      const { parameters } = model;
      for (const [name, path] of names(model)) {
        if (typeof name !== 'string' || has(parameters, name)) continue;
        const hint = didYouMean(name, () => Object.keys(parameters));
        yield { message: `The form names ${name}, which is not a parameter.`, path, part: 'key', hint };
      }
    },
  },
];
