import type { Path } from '../../diagnostics/diagnostic.ts';
import { has, type JsonObject } from '../../document/intrinsics.ts';
import type { ConditionValues } from './conditions.ts';

/** The place of a resource's properties, or of the resource where it has none. */
export function propertiesPath(id: string, resource: JsonObject): Path {
  return ['Resources', id, ...(has(resource, 'Properties') ? ['Properties'] : [])];
}

/** The condition of a resource or an output is true wherever that is. */
export function ownCondition({ Condition: name }: JsonObject): ConditionValues {
  return new Map(typeof name === 'string' ? [[name, true]] : []);
}
