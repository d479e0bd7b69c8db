import { functionOf, has, isObject, type JsonObject } from '../../../document/intrinsics.ts';
import { isOpen } from '../../model/macros.ts';
import { objectAt } from '../../model/model.ts';
import { didYouMean } from '../../model/shape.ts';
import { resource } from '../base/examples.ts';
import { all, literal, resources, valuesAt } from '../base/look.ts';
import type { Check, Hit, Rule } from '../base/rule.ts';
import { resourcePage } from '../base/urls.ts';

const STACK = 'AWS::CloudFormation::Stack';
const nested = (parameters: string): string => resource(STACK, 'TemplateURL: nested.yaml', `Parameters: ${parameters}`);

/** Compares what is given to a stack with what the template beside this one takes. */
function compared(type: string, url: string): Check {
  return resources(type, function* (object, path, { document: { beside } }, known): Generator<Hit> {
    for (const one of beside ? valuesAt(object, url, path, known) : []) {
      const template = beside!.get(literal(one.value) ?? '');
      if (!isObject(template)) continue;
      const takes = objectAt(template, 'Parameters');
      for (const { value = {}, path: at } of valuesAt(object, 'Parameters', path, one.known))
        if (isObject(value) && isPlain(value) && isPlain(takes)) yield* faults(value, takes, at);
    }
  });
}

/** Whether neither a function nor a macro may bring entries. */
function isPlain(object: JsonObject): boolean {
  return !functionOf(object) && !isOpen(object);
}

function* faults(given: JsonObject, takes: JsonObject, path: Hit['path']): Generator<Hit> {
  for (const name of Object.keys(given))
    if (!has(takes, name))
      yield {
        path: [...path, name],
        part: 'key',
        message: `The nested template has no parameter ${name}.`,
        hint: didYouMean(name, Object.keys(takes)),
      };
  for (const name of Object.keys(takes))
    if (!has(given, name) && !has(objectAt(takes, name), 'Default'))
      yield { path, part: 'key', message: `The nested template needs the parameter ${name}.` };
}

/** What nested stacks are given, against their templates. */
export const NESTED_PARAMETER_RULES: readonly Rule[] = [
  {
    code: 'E3043',
    name: 'nested-parameters',
    message: 'A nested stack is given other parameters than its template takes.',
    why: 'CloudFormation refuses the nested stack, and all of the stack rolls back.',
    fix: 'Correct the name, add what the template needs, delete what it does not have.',
    url: resourcePage('aws-resource-cloudformation-stack'),
    bad: [nested('{ Name: a, Sise: b } # <-'), nested('{ Size: b } # <-')],
    good: [nested('{ Name: a }'), nested('{ Name: a, Size: b }')],
    check: all(compared(STACK, 'TemplateURL'), compared('AWS::Serverless::Application', 'Location')),
  },
];
