import { functionOf, has, type JsonObject } from '../../../document/intrinsics.ts';
import { isOpen } from '../../model/macros.ts';
import type { Model } from '../../model/model.ts';
import { propertiesOf } from '../../model/of-type.ts';
import { resourceOf } from './given.ts';
import { literal, resources, valuesAt } from './look.ts';
import type { Check, Hit } from './rule.ts';

/** A resource and the one that it refers to. */
export interface Linked {
  readonly own: JsonObject;
  readonly other: JsonObject;
  /** The name of the other one. */
  readonly id: string;
  readonly model: Model;
}

/** The property that is at fault (where it is missing, the properties are meant), and what is wrong. */
export type AtFault = readonly [property: string, message: string];

/**
 * Looks at each resource of a type together with the resource of another type that a property of it refers to, such as
 * a queue and the queue for what it could not deliver.
 * @param reference the property that refers, as `valuesAt` takes it
 */
export function linked(
  type: string,
  reference: string,
  other: string,
  isBad: (link: Linked) => AtFault | undefined,
): Check {
  return resources(type, function* (own, path, model, known): Generator<Hit> {
    for (const { value } of valuesAt(own, reference, path, known)) {
      const id = resourceOf(model, value, other);
      const theirs = propertiesOf(model, id);
      if (id === undefined || functionOf(theirs) || isOpen(theirs)) continue;
      const bad = isBad({ own, other: theirs, id, model });
      if (bad === undefined) continue;
      const [name, message] = bad;
      yield has(own, name) ? { path: [...path, name], message } : { path, part: 'key', message };
    }
  });
}

/** Whether two texts are in the template, and differ. */
export function unlike(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other;
}

/** The value of a property as text, or its default; undefined where it is computed. */
export function textAt(object: JsonObject, name: string, byDefault?: string): string | undefined {
  return literal(has(object, name) ? object[name] : byDefault);
}
