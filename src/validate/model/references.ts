import { has, isList, isObject, type JsonObject, subVariables, textOf } from '../../document/intrinsics.ts';
import type { Json } from '../../document/template-document.ts';
import { memo } from './memo.ts';
import { type Call, type Model, objectAt } from './model.ts';

/** Resource and attribute of a Fn::GetAtt; undefined where they are not plain text. */
export function getAttParts(argument: Json): readonly [name?: string, attribute?: string] {
  const parts =
    typeof argument === 'string' ? [argument.split('.', 1)[0]!, argument.slice(argument.indexOf('.') + 1)] : argument;
  if (!isList(parts) || parts.length !== 2 || typeof parts[0] !== 'string') return [];
  return typeof parts[1] === 'string' ? [parts[0], parts[1]] : [parts[0]];
}

/** The text of a Fn::Sub, and the values that it is given by name. */
export function subParts(argument: Json): { readonly text: string | undefined; readonly given: JsonObject } {
  const [text, given] = isList(argument) ? argument : [argument];
  return { text: typeof text === 'string' ? text : undefined, given: isObject(given) ? given : {} };
}

/** The variables of a Fn::Sub that are not given a value: names of parameters and resources, or with an attribute. */
export function freeVariables(argument: Json): readonly string[] {
  const { text, given } = subParts(argument);
  return text === undefined ? [] : subVariables(text).filter((name) => !has(given, name));
}

/** The parameters and resources that Ref, Fn::GetAtt or Fn::Sub name. */
export function targetsOf({ name, argument }: Call): readonly string[] {
  if (name === 'Ref') return typeof argument === 'string' ? [argument] : [];
  if (name === 'Fn::GetAtt') return getAttParts(argument).slice(0, 1) as readonly string[];
  return name === 'Fn::Sub' ? freeVariables(argument).map((one) => one.split('.', 1)[0]!) : [];
}

/** Whether a name may be that of a resource within a module: the module's name, and its own after it. */
export function isInModule(model: Model, name: string): boolean {
  return modules(model).some((module) => name.startsWith(module) && name !== module);
}

/** The names of the modules of a template: most have none, and each reference asks. */
const modules = memo(({ resources }: Model): readonly string[] =>
  Object.keys(resources).filter((name) => textOf(objectAt(resources, name)['Type']).endsWith('::MODULE')),
);
