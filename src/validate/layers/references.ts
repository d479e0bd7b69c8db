import type { Path } from '../../diagnostics/diagnostic.ts';
import {
  has,
  isList,
  isObject,
  type JsonObject,
  PSEUDO_PARAMETERS,
  subVariables,
  textOf,
} from '../../document/intrinsics.ts';
import type { Json } from '../../document/template-document.ts';
import type { Finding } from '../model/finding.ts';
import { type Call, type Model, objectAt } from '../model/model.ts';
import { didYouMean } from '../model/shape.ts';
import { schemaFor } from '../schema/schema-for.ts';
import { isWellFormed } from './calls.ts';

/** What functions name must be there: parameters, resources and their attributes, conditions, mappings. */
export function* references(template: Model): Generator<Finding> {
  for (const call of template.calls) {
    const check = CHECKS[call.name];
    if (check && isWellFormed(call)) yield* check(template, call);
  }
  yield* conditionKeys(template);
  yield* forgottenSubs(template);
}

type Check = (template: Model, call: Call) => Generator<Finding>;

const CHECKS: Readonly<Record<string, Check>> = {
  *Ref(template, { argument, path }) {
    if (typeof argument === 'string') yield* refFaults(template, argument, path, 'E1020');
  },
  *'Fn::GetAtt'(template, { argument, path }) {
    const [name, attribute] = getAttParts(argument);
    if (name === undefined || attribute === undefined) return;
    yield* getAttFaults(template, name, attribute, path, 'E1010');
  },
  *'Fn::Sub'(template, { argument, path }) {
    const [text, given] = isList(argument) ? argument : [argument];
    if (typeof text !== 'string') return;
    const variables = subVariables(text);
    const own = isObject(given) ? Object.keys(given) : [];
    for (const variable of new Set(variables)) {
      if (own.includes(variable)) continue;
      const dot = variable.indexOf('.');
      const at = isList(argument) ? [...path, 0] : path;
      if (dot < 0) yield* refFaults(template, variable, at, 'E1019');
      else yield* getAttFaults(template, variable.slice(0, dot), variable.slice(dot + 1), at, 'E1019');
    }
    for (const name of own) {
      if (!variables.includes(name))
        yield {
          code: 'W1019',
          message: `The text of Fn::Sub has no \${${name}}.`,
          path: [...path, 1, name],
          part: 'key',
        };
    }
    if (variables.length === 0)
      yield {
        code: 'W1020',
        message: 'Fn::Sub is not needed: the text has no ${variable}.',
        path,
        hint: 'Write the text.',
      };
  },
  *'Fn::If'(template, { argument, path }) {
    const name = isList(argument) ? argument[0] : undefined;
    if (typeof name === 'string') yield* conditionFault(template, name, [...path, 0], 'E1028');
  },
  *Condition(template, { argument, path }) {
    if (typeof argument === 'string')
      yield* conditionFault(template, argument, path, path[0] === 'Conditions' ? 'E8001' : 'E8007');
  },
  *'Fn::FindInMap'(template, { argument, path }) {
    if (isList(argument) && !template.hasMacros) yield* mapFaults(template, argument, path);
  },
};

/** Resource and attribute of a Fn::GetAtt; undefined where they are no plain text. */
export function getAttParts(argument: Json): readonly [name?: string, attribute?: string] {
  const parts =
    typeof argument === 'string' ? [argument.split('.', 1)[0]!, argument.slice(argument.indexOf('.') + 1)] : argument;
  if (!isList(parts) || parts.length !== 2 || typeof parts[0] !== 'string') return [];
  return typeof parts[1] === 'string' ? [parts[0], parts[1]] : [parts[0]];
}

/** Whether a name may be that of a resource within a module: the module's name, and its own after it. */
function isInModule({ resources }: Model, name: string): boolean {
  return Object.entries(resources).some(
    ([module, resource]) =>
      name.startsWith(module) && name !== module && isObject(resource) && textOf(resource['Type']).endsWith('::MODULE'),
  );
}

function* refFaults(template: Model, name: string, path: Path, code: string): Generator<Finding> {
  const { parameters, resources, hasMacros } = template;
  if (has(parameters, name) || has(resources, name) || PSEUDO_PARAMETERS.has(name) || hasMacros) return;
  if (isInModule(template, name)) return;
  const known = (): readonly string[] => [...Object.keys(parameters), ...Object.keys(resources), ...PSEUDO_PARAMETERS];
  yield {
    code,
    message: `${name} is no parameter and no resource of this template.`,
    path,
    hint: didYouMean(name, known, name.startsWith('AWS::') ? 'There is no such pseudo parameter.' : 'Declare it.'),
  };
}

function* getAttFaults(template: Model, name: string, attribute: string, path: Path, code: string): Generator<Finding> {
  const { resources, hasMacros } = template;
  if (hasMacros) return;
  if (isInModule(template, name)) return;
  if (!has(resources, name)) {
    const hint = didYouMean(name, () => Object.keys(resources), 'Attributes are those of resources.');
    yield { code, message: `${name} is no resource of this template.`, path, hint };
    return;
  }
  const type = objectAt(resources, name)['Type'];
  const attributes = typeof type === 'string' ? schemaFor(type)?.attributes : undefined;
  if (!attributes || has(attributes, attribute)) return;
  const names = Object.keys(attributes);
  yield {
    code,
    message: `${String(type)} has no attribute ${attribute}.`,
    path,
    hint: didYouMean(attribute, names, names.length > 0 ? `It has ${names.join(', ')}.` : 'It has none.'),
  };
}

function* conditionFault({ conditions, hasMacros }: Model, name: string, path: Path, code: string): Generator<Finding> {
  if (has(conditions, name) || hasMacros) return;
  yield {
    code,
    message: `${name} is no condition of this template.`,
    path,
    hint: didYouMean(name, () => Object.keys(conditions), 'Declare it under Conditions.'),
  };
}

/** The key Condition of resources and outputs. */
function* conditionKeys(template: Model): Generator<Finding> {
  const sections = [
    ['Resources', template.resources, 'E3015'],
    ['Outputs', template.outputs, 'E6005'],
  ] as const;
  for (const [section, entries, code] of sections) {
    for (const [name, entry] of Object.entries(entries)) {
      const condition = isObject(entry) ? entry['Condition'] : undefined;
      if (typeof condition === 'string') yield* conditionFault(template, condition, [section, name, 'Condition'], code);
    }
  }
}

function* mapFaults({ mappings }: Model, argument: readonly Json[], path: Path): Generator<Finding> {
  const [name, row, column, fallback] = argument;
  if (typeof name !== 'string' || fallback !== undefined) return;
  const fault = (index: number, message: string, wrong: string, known: Parameters<typeof didYouMean>[1]): Finding => ({
    code: 'E1011',
    message,
    path: [...path, index],
    hint: didYouMean(wrong, known),
  });
  const mapping = mappings[name];
  if (mapping === undefined) {
    yield fault(0, `${name} is no mapping of this template.`, name, () => Object.keys(mappings));
  } else if (isObject(mapping)) {
    if (typeof row === 'string' && !has(mapping, row))
      yield fault(1, `The mapping ${name} has no key ${row}.`, row, () => Object.keys(mapping));
    else if (typeof column === 'string') {
      const columns = typeof row === 'string' ? new Set(Object.keys(objectAt(mapping, row))) : columnsOf(mapping);
      if (!columns.has(column)) yield fault(2, `The mapping ${name} has no key ${column} there.`, column, columns);
    }
  }
}

const columns = new WeakMap<JsonObject, ReadonlySet<string>>();

/** The second keys that any row of a mapping has. */
function columnsOf(mapping: JsonObject): ReadonlySet<string> {
  const known =
    columns.get(mapping) ?? new Set(Object.keys(mapping).flatMap((row) => Object.keys(objectAt(mapping, row))));
  columns.set(mapping, known);
  return known;
}

/** `${Name}` in a text that is not in Fn::Sub stays as it stands. */
function* forgottenSubs({ texts, parameters, resources }: Model): Generator<Finding> {
  for (const { text, path } of texts) {
    if (!text.includes('${') || !['Resources', 'Outputs', 'Conditions'].includes(String(path[0]))) continue;
    if (path.includes('TemplateBody') || path.includes('DefinitionString') || path.includes('Definition')) continue;
    const name = subVariables(text).find((variable) => isKnown(variable));
    if (name === undefined) continue;
    yield {
      code: 'E1029',
      message: `\${${name}} is not replaced here: the text is not in Fn::Sub.`,
      path,
      hint: 'Write !Sub before the text.',
    };
  }

  function isKnown(variable: string): boolean {
    const [name = ''] = variable.split('.', 1);
    if (variable.includes('.')) return has(resources, name);
    return has(parameters, name) || has(resources, name) || PSEUDO_PARAMETERS.has(name);
  }
}
