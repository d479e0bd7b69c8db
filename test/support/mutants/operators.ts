import { functionOf, isList, isObject, type JsonObject } from '../../../src/document/intrinsics.ts';
import type { Json } from '../../../src/document/template-document.ts';
import { matches } from '../../../src/validate/schema/patterns.ts';
import { type ResourceSchema, resolve, type Schema } from '../../../src/validate/schema/schema.ts';

/** A change that makes properties wrong. */
export interface Mutant {
  readonly kind: 'name' | 'type' | 'required' | 'enum' | 'pattern' | 'range' | 'length' | 'count' | 'reference';
  /** Where, from the properties on; of a key that is missing, where it was. */
  readonly path: readonly (string | number)[];
  /** The properties with the change. */
  readonly properties: Json;
}

/** A reference that gives something else than almost every property takes. The template must have such a resource. */
export const WRONG_REFERENCE: Json = { Ref: 'WrongKind' };
export const WRONG_RESOURCE: Json = { Type: 'AWS::SecretsManager::Secret' };

/**
 * Every mutant of a resource's properties that its schema tells of. Functions are left as they are: what they give is
 * not in the template.
 */
export function* mutantsOf(root: ResourceSchema, properties: JsonObject): Generator<Mutant> {
  yield* within(root, root, properties, [], (value) => value);
}

type Rebuild = (value: Json) => Json;
type Path = Mutant['path'];

function* within(root: ResourceSchema, written: Schema, value: Json, path: Path, rebuild: Rebuild): Generator<Mutant> {
  const schema = resolve(root, written);
  if (functionOf(value)) return;
  const change = function* (kind: Mutant['kind'], ...values: readonly Json[]): Generator<Mutant> {
    for (const one of values) yield { kind, path, properties: rebuild(one) };
  };
  if (path.length > 0) {
    yield* change('type', ...wrongTypes(schema));
    if (schema.format?.includes('::') && !isList(value)) yield* change('reference', WRONG_REFERENCE);
  }
  if (isList(value)) {
    const { minItems = 0, maxItems = Infinity } = schema;
    if (minItems > 0) yield* change('count', []);
    if (maxItems < 20 && value.length > 0 && !functionOf(value[0]))
      yield* change(
        'count',
        Array.from({ length: maxItems + 1 }, () => value[0]!),
      );
    for (const [index, item] of value.entries())
      if (schema.items)
        yield* within(root, schema.items, item, [...path, index], (inner) => rebuild(value.with(index, inner)));
  } else if (isObject(value)) {
    yield* ofObject(root, schema, value, path, rebuild);
  } else if (value !== null && typeof value !== 'object') {
    yield* ofScalar(schema, value, change);
  }
}

function* ofObject(
  root: ResourceSchema,
  schema: Schema,
  value: JsonObject,
  path: Path,
  rebuild: Rebuild,
): Generator<Mutant> {
  const { properties, additionalProperties, patternProperties } = schema;
  if (!properties) return;
  const closed = additionalProperties === false || (additionalProperties === undefined && schema.type === 'object');
  for (const [key, inner] of Object.entries(value)) {
    const { [key]: _, ...others } = value;
    const here = [...path, key];
    const misspelt = `${key.slice(0, -1)}zz`;
    if (closed && !patternProperties && !(misspelt in properties))
      yield { kind: 'name', path: [...path, misspelt], properties: rebuild({ ...others, [misspelt]: inner }) };
    if (schema.required?.includes(key)) yield { kind: 'required', path: here, properties: rebuild(others) };
    const property = properties[key];
    if (typeof property === 'object')
      yield* within(root, property, inner, here, (changed) => rebuild({ ...value, [key]: changed }));
  }
}

function* ofScalar(
  schema: Schema,
  value: string | number | boolean,
  change: (kind: Mutant['kind'], ...values: readonly Json[]) => Generator<Mutant>,
): Generator<Mutant> {
  if (schema.enum ?? schema.enumCaseInsensitive ?? schema.const) {
    yield* change('enum', typeof value === 'number' ? 987_654_321 : `${value}Zz`);
    return;
  }
  const { pattern, minLength = 0, maxLength = Infinity, minimum, maximum } = schema;
  if (typeof value === 'string') {
    const odd = ['%%%', ' ', '\n', 'é€', ''].find((one) => pattern !== undefined && !matches(pattern, one));
    if (odd !== undefined) yield* change('pattern', odd);
    if (minLength > 0) yield* change('length', '');
    if (maxLength < 20_000) yield* change('length', `${value}${'a'.repeat(maxLength)}`);
  } else if (typeof value === 'number') {
    if (minimum !== undefined) yield* change('range', minimum - 1);
    if (maximum !== undefined) yield* change('range', maximum + 1);
  }
}

/** Values of types that a schema does not have. */
function wrongTypes({ type, properties, $ref }: Schema): readonly Json[] {
  if (type === undefined || $ref !== undefined) return [];
  const types = [type].flat();
  const wrong: Json[] = [];
  if (!types.includes('object')) wrong.push({ Wrong: { Kind: 1 } });
  if (!types.includes('array')) wrong.push([['wrong']]);
  if (!types.includes('string') && (types.includes('array') || types.includes('object'))) wrong.push('wrong');
  if (types.every((one) => one === 'integer' || one === 'number' || one === 'boolean')) wrong.push('wrong');
  return properties && types.includes('string') ? [] : wrong;
}
