import { has } from '../../document/intrinsics.ts';
import { matches } from './patterns.ts';
import type { Schema } from './schema.ts';

/** The schema of a property: `true` where anything may be, undefined where the property may not be there. */
export function propertySchema(schema: Schema, key: string): Schema | true | undefined {
  const { properties, patternProperties, additionalProperties } = schema;
  if (properties && has(properties, key)) return properties[key] || undefined;
  if (patternProperties)
    for (const pattern of Object.keys(patternProperties))
      if (matches(pattern, key)) return patternProperties[pattern] || undefined;
  if (additionalProperties === undefined) return schema.type === 'object' && properties ? undefined : true;
  return additionalProperties || undefined;
}
