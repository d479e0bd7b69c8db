import { functionOf, isObject, type JsonObject } from '../../../../src/document/intrinsics.ts';
import type { Json } from '../../../../src/document/template-document.ts';
import { isInFunction, type Path, placesOf, valueAt, withValue } from '../trees.ts';

export type Random = () => number;

/** A kind of fault: where a template may have it, and the template with it at one of these places. */
export interface Operator {
  readonly kind: string;
  places(template: JsonObject): readonly Path[];
  /** Undefined where the fault cannot be made there. */
  change(template: JsonObject, path: Path, random: Random): Json | undefined;
}

/** One of some, each as likely as another. */
export function pick<T>(some: readonly T[], random: Random): T {
  return some[Math.floor(random() * some.length)]!;
}

/** The name with one letter missing, doubled or exchanged with the next. */
export function misspelt(name: string, random: Random): string {
  const at = 1 + Math.floor(random() * (name.length - 2));
  const [before, letter, next, after] = [name.slice(0, at), name[at]!, name[at + 1] ?? '', name.slice(at + 2)];
  const changed = pick([`${next}`, `${letter}${letter}${next}`, `${next}${letter}`], random);
  const result = `${before}${changed}${after}`;
  return result === name ? `${name}z` : result;
}

/** What is at a place becomes one of these values; undefined takes it away. */
export function instead(kind: string, places: Operator['places'], values: readonly (Json | undefined)[]): Operator {
  return { kind, places, change: (template, path, random) => withValue(template, path, pick(values, random)) };
}

/** A section gets one more entry, which is one of these. */
export function entry(kind: string, section: string, values: readonly Json[]): Operator {
  return instead(kind, () => [[section, 'Fresh']], values);
}

/** Keys under which a schema says nothing of what may be there. */
const FREE = /Policy(?:Document)?$|Metadata|^Tags$|Environment|Variables|Parameters$|UserData|Definition|^Content$/;

/** Places in properties that a schema describes, outside of functions. */
export function properties(fits: (value: Json, path: Path) => boolean): Operator['places'] {
  return (template) =>
    placesOf(template, (value, path) => path[2] === 'Properties' && path.length > 3 && fits(value, path)).filter(
      (path) => path[0] === 'Resources' && !path.some((key) => FREE.test(String(key))) && !isInFunction(template, path),
    );
}

/** Places of texts among them. */
export const texts: Operator['places'] = properties((value) => typeof value === 'string');

/** Places of calls of a function, in resources and outputs. */
export function calls(name: string): Operator['places'] {
  return (template) =>
    placesOf(template, (value) => functionOf(value)?.name === name).filter(
      ([section]) => section === 'Resources' || section === 'Outputs',
    );
}

/** The argument of the call at a place. */
export function argumentAt(template: JsonObject, path: Path): Json {
  return functionOf(valueAt(template, path))!.argument;
}

/** Places of resources. */
export const resources: Operator['places'] = ({ Resources }) =>
  Object.keys(isObject(Resources) ? Resources : {}).map((id) => ['Resources', id]);
