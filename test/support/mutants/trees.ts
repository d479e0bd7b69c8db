import { functionOf, isList, isObject, type JsonObject } from '../../../src/document/intrinsics.ts';
import type { Json } from '../../../src/document/template-document.ts';

export type Path = readonly (string | number)[];

/** Every place of a template at which a value is as asked, the template itself left out. */
export function placesOf(template: Json, fits: (value: Json, path: Path) => boolean): readonly Path[] {
  const found: Path[] = [];
  const walk = (value: Json, path: Path): void => {
    if (path.length > 0 && fits(value, path)) found.push(path);
    const inner = isList(value) ? value.entries() : isObject(value) ? Object.entries(value) : [];
    for (const [key, one] of inner) walk(one, [...path, key]);
  };
  walk(template, []);
  return found;
}

/** What is at a place, undefined where nothing is. */
export function valueAt(template: Json, path: Path): Json | undefined {
  let at: Json | undefined = template;
  for (const key of path) at = isList(at) ? at[Number(key)] : isObject(at) ? at[String(key)] : undefined;
  return at;
}

/** The template with another value at a place; without what is there where that is undefined. */
export function withValue(template: Json, [key, ...rest]: Path, value: Json | undefined): Json {
  if (key === undefined) return value ?? null;
  if (isList(template)) {
    const changed = rest.length === 0 ? value : withValue(template[Number(key)] ?? null, rest, value);
    return template.flatMap((one, index) => (index === Number(key) ? (changed === undefined ? [] : [changed]) : [one]));
  }
  const object: JsonObject = isObject(template) ? template : {};
  if (rest.length > 0) return { ...object, [key]: withValue(object[key] ?? {}, rest, value) };
  const { [key]: _, ...others } = object;
  return value === undefined ? others : { ...object, [key]: value };
}

/** The template with another key at a place. */
export function renamed(template: Json, path: Path, name: string): Json {
  const around = path.slice(0, -1);
  const entries = Object.entries(valueAt(template, around) as JsonObject);
  const changed = Object.fromEntries(entries.map(([key, value]) => [key === path.at(-1) ? name : key, value]));
  return around.length === 0 ? changed : withValue(template, around, changed);
}

/** Whether a function is above a place. */
export function isInFunction(template: Json, path: Path): boolean {
  return path.some((_, depth) => depth > 0 && functionOf(valueAt(template, path.slice(0, depth))) !== undefined);
}
