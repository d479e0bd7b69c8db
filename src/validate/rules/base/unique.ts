import type { Path } from '../../../diagnostics/diagnostic.ts';
import { functionOf } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import type { ConditionValues } from '../../model/conditions.ts';
import type { Model } from '../../model/model.ts';
import { together } from '../../model/together.ts';
import { combinations, literal, resources } from './look.ts';
import type { Check, Hit } from './rule.ts';

/** A value that must be there once, with the place that is at fault where it is not. */
export interface Keyed {
  readonly key: string;
  readonly path: Path;
  readonly known: ConditionValues;
}

/** The values that repeat one before them, where both can be there together. */
export function* repeated<One extends Keyed>(
  all: Iterable<One>,
  model: Model,
): Generator<readonly [again: One, first: One]> {
  const before = new Map<string, One[]>();
  for (const one of all) {
    const others = before.get(one.key) ?? [];
    const first = others.find(({ known }) => together(model, known, one.known));
    if (first) yield [one, first];
    else before.set(one.key, [...others, one]);
  }
}

/** A text that is the same for the same values: of texts as they are written, of functions as they are called. */
export function keyOf(value: Json | undefined): string | undefined {
  return literal(value) ?? (functionOf(value) ? JSON.stringify(value) : undefined);
}

/** Looks for two resources of a type that have the same values of all these properties. */
export function unique(
  type: string | readonly string[],
  names: readonly [string, ...string[]],
  say: (first: string) => string,
): Check {
  return function* (model) {
    const all: Keyed[] = [];
    const collect = resources(type, function* (object, path, _, known): Generator<Hit> {
      for (const way of combinations(object, names, path, known, model)) {
        const found = names.map((name) => way.get(name)!);
        const keys = found.map(({ value }) => keyOf(value));
        if (keys.every((key) => key !== undefined))
          all.push({ key: JSON.stringify(keys), path: found[0]!.path, known: found.at(-1)!.known });
      }
      yield* [];
    });
    for (const _ of collect(model));
    for (const [{ path }, first] of repeated(all, model))
      yield {
        path,
        message: say(String(first.path[1])),
        related: [{ message: 'The first', path: first.path }],
      };
  };
}
