import { isObject, type JsonObject } from '../../../src/document/intrinsics.ts';
import type { Json } from '../../../src/document/template-document.ts';
import { schemaFor } from '../../../src/validate/schema/schema-for.ts';
import { validate } from '../../../src/validate/validate.ts';
import { WRONG_RESOURCE } from './operators.ts';
import { sample } from './sample.ts';

type Path = readonly (string | number)[];

/** A template with one resource of a type, and one that nothing should refer to. */
export function templateOf(type: string, properties: Json): JsonObject {
  return { Resources: { Example: { Type: type, Properties: properties }, WrongKind: WRONG_RESOURCE } };
}

/** The errors that are found in a template, by their paths. */
export function errorPaths(template: JsonObject): readonly Path[] {
  const span = () => ({ file: 'template', line: 1, column: 1, length: 1 });
  return validate({ file: 'template', text: '', value: template, syntax: [], span }).flatMap(({ severity, path }) =>
    severity === 'error' ? [path] : [],
  );
}

/**
 * Properties of a type in which nothing is wrong, made of its schema: what an alternative or another rule refuses is left
 * out. Undefined of a type for which none are found.
 */
export function validProperties(type: string): JsonObject | undefined {
  // With optional properties, else with those alone that are required.
  return validAt(type, 0) ?? validAt(type, 3);
}

function validAt(type: string, depth: number): JsonObject | undefined {
  const root = schemaFor(type);
  let made = root && sample(root, root, depth);
  for (let rounds = 0; rounds < 25; rounds++) {
    if (!isObject(made)) return undefined;
    const [wrong] = errorPaths(templateOf(type, made));
    if (wrong === undefined) return made;
    const path = wrong.slice(3).filter((key) => key !== 'Ref');
    if (path.length === 0) return undefined;
    made = without(made, path, root?.required ?? []);
  }
  return undefined;
}

/** The value with what is at a path left out; where that is a required property of the resource, what is deepest in it. */
function without(value: Json, [key, ...rest]: Path, required: readonly string[]): Json | undefined {
  if (key === undefined) return undefined;
  if (Array.isArray(value)) {
    const inner = without(value[Number(key)] ?? null, rest, []);
    return inner === undefined ? undefined : value.with(Number(key), inner);
  }
  if (!isObject(value)) return undefined;
  const { [key]: inner, ...others } = value;
  const less = inner === undefined || rest.length === 0 ? undefined : without(inner, rest, []);
  if (less !== undefined) return { ...value, [key]: less };
  return required.includes(String(key)) ? undefined : others;
}
