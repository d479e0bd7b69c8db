import type { Path } from '../../diagnostics/diagnostic.ts';
import { nearest, onlyNear } from '../../diagnostics/nearest.ts';
import { isObject, type JsonObject, ownEntry } from '../../document/intrinsics.ts';
import { isKind, type Kind, kindOf } from '../../document/kind.ts';
import type { Json } from '../../document/template-document.ts';
import type { Hint, Problem } from './finding.ts';

/** The keys of a mapping with what they may be. */
export type Shape = Readonly<Record<string, Kind>>;

const NAMES: Readonly<Record<Kind, string>> = {
  text: 'text',
  number: 'a number',
  boolean: 'true or false',
  list: 'a list',
  mapping: 'a mapping of keys',
  any: 'a value',
};

/** Checks that a value is a mapping with the keys of a shape, each of its kind. */
export function* checkShape(
  value: Json,
  path: Path,
  shape: Shape,
  required: readonly string[] = [],
): Generator<Problem> {
  if (!isObject(value)) {
    yield wrongKind(value, path, 'mapping');
    return;
  }
  yield* unknownKeys(value, path, Object.keys(shape));
  for (const key of Object.keys(value)) {
    const kind = ownEntry(shape, key);
    if (kind !== undefined && !isKind(value[key]!, kind)) yield wrongKind(value[key]!, [...path, key], kind);
  }
  for (const key of required) {
    if (value[key] === undefined)
      yield { message: `${nameOf(path)} needs the key ${key}.`, path, part: 'key', hint: `Add ${key}.` };
  }
}

/** Reports keys that are not known, each with the nearest one that is. */
export function* unknownKeys(object: JsonObject, path: Path, known: readonly string[]): Generator<Problem> {
  for (const key of Object.keys(object)) {
    if (known.includes(key)) continue;
    yield {
      message: `${nameOf(path)} cannot have the key ${JSON.stringify(key)}.`,
      path: [...path, key],
      part: 'key',
      hint: didYouMean(key, known, `The keys are: ${known.join(', ')}.`),
    };
  }
}

/** Reports a value of the wrong kind. */
export function wrongKind(value: Json, path: Path, kind: Kind): Problem {
  return { message: `${nameOf(path)} must be ${NAMES[kind]}, not ${kindOf(value)}.`, path };
}

/**
 * `Did you mean X?`, where something is near, with the correction where it is certain; else what is given for that case. Names are compared only when the hint is
 * shown: of ten thousand misspelt names most findings are counted and no more.
 */
export function didYouMean(
  name: string,
  candidates: Iterable<string> | (() => Iterable<string>),
  otherwise?: string,
): Hint {
  return () => {
    const all = [...(typeof candidates === 'function' ? candidates() : candidates)];
    const near = nearest(name, all);
    if (near === undefined) return otherwise;
    const text = `Did you mean ${near}?`;
    return onlyNear(name, all) === near ? { text, from: name, to: near } : text;
  };
}

/** A path as people read it: `Resources.Vpc.Properties.Tags[0]`. */
export function nameOf(path: Path): string {
  if (path.length === 0) return 'The template';
  return path.map((key, i) => (typeof key === 'number' ? `[${key}]` : i === 0 ? key : `.${key}`)).join('');
}
