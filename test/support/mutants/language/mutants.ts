import type { JsonObject } from '../../../../src/document/intrinsics.ts';
import { isObject } from '../../../../src/document/intrinsics.ts';
import type { Path } from '../trees.ts';
import { FUNCTION_OPERATORS } from './functions.ts';
import { type Operator, pick, type Random } from './operator.ts';
import { SECTION_OPERATORS } from './sections.ts';
import { VALUE_OPERATORS } from './values.ts';

const OPERATORS: readonly Operator[] = [...FUNCTION_OPERATORS, ...SECTION_OPERATORS, ...VALUE_OPERATORS];

/** A template with one fault. */
export interface TemplateMutant {
  readonly kind: string;
  readonly path: Path;
  readonly template: JsonObject;
}

/** So many mutants of a template, each of a kind and at a place that chance chooses. */
export function someMutants(template: JsonObject, count: number, random: Random): readonly TemplateMutant[] {
  const made = new Map<string, TemplateMutant>();
  for (let tries = 0; made.size < count && tries < count * 6; tries++) {
    const operator = pick(OPERATORS, random);
    const places = operator.places(template);
    if (places.length === 0) continue;
    const path = pick(places, random);
    const changed = operator.change(template, path, random);
    if (isObject(changed)) made.set(JSON.stringify(changed), { kind: operator.kind, path, template: changed });
  }
  return [...made.values()];
}
