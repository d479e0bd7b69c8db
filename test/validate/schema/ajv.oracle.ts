import { Ajv, type ValidateFunction } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isObject } from '../../../src/document/intrinsics.ts';
import type { Json } from '../../../src/document/template-document.ts';
import { modelOf } from '../../../src/validate/model/model.ts';
import { checkProperties } from '../../../src/validate/schema/check.ts';
import { type ResourceSchema, resolve, type Schema } from '../../../src/validate/schema/schema.ts';
import { schemaFor, typeNames } from '../../../src/validate/schema/schema-for.ts';

/** Every twelfth type of the registry, but for the three whose schemas are larger than all others. */
const types = typeNames().filter((name, index) => index % 12 === 0 && !name.startsWith('AWS::QuickSight::'));

/** What both can be asked about: no formats, no keywords of cfn-lint's alone, and what is left out written. */
function comparable(value: Json, names = false): Json {
  if (Array.isArray(value)) return value.map((item) => comparable(item));
  if (!isObject(value)) return value;
  const entries = Object.entries(value)
    .filter(([key]) => names || !['format', 'refersTo', 'uniqueKeys', 'prefixItems', 'combinations'].includes(key))
    .map(([key, inner]) => [
      key,
      comparable(inner, !names && /^(?:properties|definitions|patternProperties)$/.test(key)),
    ]);
  const made: { [key: string]: Json } = Object.fromEntries(entries);
  const closes =
    !names && made['type'] === 'object' && made['properties'] && made['additionalProperties'] === undefined;
  return closes ? { ...made, additionalProperties: false } : made;
}

/** A type's schema; which properties are read-only is not a JSON Schema. */
function schemaOf(type: string): ResourceSchema {
  const schema = schemaFor(type) as unknown as Json;
  return { ...(comparable(schema) as unknown as ResourceSchema), readOnlyProperties: [] };
}

const document = {
  file: 't',
  text: '',
  value: {},
  syntax: [],
  span: () => ({ file: 't', line: 1, column: 1, length: 1 }),
};
const template = modelOf(document, {});

/** ajv's patterns are Unicode's or none at all; the registry has both, and the ends of a text as Python writes them. */
const regExp = Object.assign(
  (pattern: string): RegExp => {
    const written = pattern.replaceAll('\\Z', '$');
    try {
      return new RegExp(written, 'u');
    } catch {
      return new RegExp(written);
    }
  },
  { code: 'new RegExp' },
);

/** The registry's own keywords, told to ajv. */
function compile(schema: ResourceSchema): ValidateFunction {
  const ajv = new Ajv({ strict: false, validateFormats: false, code: { regExp } });
  const has = (data: object, keys: readonly string[]): number => keys.filter((key) => Object.hasOwn(data, key)).length;
  ajv.addKeyword({
    keyword: 'requiredXor',
    type: 'object',
    validate: (keys: string[], data: object) => has(data, keys) === 1,
  });
  ajv.addKeyword({
    keyword: 'requiredOr',
    type: 'object',
    validate: (keys: string[], data: object) => has(data, keys) > 0,
  });
  ajv.addKeyword({
    keyword: 'dependentRequired',
    type: 'object',
    validate: (rules: Record<string, string[]>, data: object) =>
      Object.entries(rules).every(([key, others]) => !Object.hasOwn(data, key) || has(data, others) === others.length),
  });
  ajv.addKeyword({
    keyword: 'dependentExcluded',
    type: 'object',
    validate: (rules: Record<string, string[]>, data: object) =>
      Object.entries(rules).every(([key, others]) => !Object.hasOwn(data, key) || has(data, others) === 0),
  });
  ajv.addKeyword({
    keyword: 'enumCaseInsensitive',
    type: 'string',
    validate: (values: string[], data: string) => values.some((value) => value.toLowerCase() === data.toLowerCase()),
  });
  ajv.addKeyword({
    keyword: 'maxUniqueItems',
    type: 'array',
    validate: (most: number, data: unknown[]) => new Set(data.map((item) => JSON.stringify(item))).size <= most,
  });
  return ajv.compile(schema);
}

/** Values of every kind that a schema may meet; texts that some enum or pattern asks for come with the schema. */
const scalar: fc.Arbitrary<Json> = fc.oneof(
  fc.integer({ min: -2, max: 70000 }),
  fc.boolean(),
  fc.constantFrom('', 'a', 'true', '5', '10.0.0.0/16', 'x'.repeat(300), 'arn:aws:iam::111122223333:role/a', '-a', 'é'),
  fc.string({ maxLength: 12 }),
);

/** Trees that keep to a schema mostly: each property there or not, of the right type mostly. */
function tree(root: ResourceSchema, reference: Schema, depth: number): fc.Arbitrary<Json> {
  const right = matching(root, resolve(root, reference), depth);
  return fc.oneof(
    { weight: 19, arbitrary: right },
    { weight: 1, arbitrary: fc.oneof(scalar, fc.constant([]), fc.constant({ Unknown: 1 })) },
  );
}

function matching(root: ResourceSchema, schema: Schema, depth: number): fc.Arbitrary<Json> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const type = [schema.type ?? 'object'].flat()[0];
  if (type === 'integer' || type === 'number') {
    const { minimum = 0, maximum = minimum + 10 } = schema;
    return fc.integer({ min: Math.ceil(minimum) - 1, max: Math.floor(Math.max(maximum, minimum)) + 1 });
  }
  if (type === 'boolean') return fc.boolean();
  if (type === 'string') return scalar.filter((value) => typeof value === 'string');
  if (depth <= 0) return fc.constant(type === 'array' ? [] : {});
  if (type === 'array') return fc.array(tree(root, schema.items ?? {}, depth - 1), { maxLength: 3 });
  const properties = Object.entries(schema.properties ?? {}).map(
    ([key, value]) => [key, tree(root, typeof value === 'boolean' ? {} : value, depth - 1)] as const,
  );
  const requiredKeys = (schema.required ?? []).filter((key) => schema.properties && key in schema.properties);
  const some = fc.subarray(properties, { maxLength: Math.min(5, properties.length) }).chain((chosen) => {
    const always = properties.filter(([key]) => requiredKeys.includes(key));
    return fc.record(Object.fromEntries([...always, ...chosen]));
  });
  return some as fc.Arbitrary<Json>;
}

/** Whether the interpreter finds nothing. */
function strictly(value: Json, schema: ResourceSchema): boolean {
  const known = new Map<string, boolean>();
  return checkProperties(template, schema, value, [], known).length === 0;
}

/**
 * Whether the two can be compared: ajv takes "5" for no number and 5 for no text, CloudFormation takes both; and ajv reads
 * classes of characters as letters, `\\p{Graph}` as Graph in braces.
 */
function isComparable(validate: ValidateFunction): boolean {
  return !(validate.errors ?? []).some(
    ({ keyword, params }) => keyword === 'type' || (keyword === 'pattern' && /\\p\{/.test(params['pattern'])),
  );
}

describe.each(types)('%s', (type) => {
  test('ajv and the interpreter agree on random properties, right and wrong', () => {
    const schema = schemaOf(type);
    const validate = compile(schema);
    const seen = { right: 0, wrong: 0 };
    fc.assert(
      fc.property(matching(schema, schema, 3), (made) => {
        const value: Json = JSON.parse(JSON.stringify(made));
        const theirs = validate(value) as boolean;
        if (!theirs && !isComparable(validate)) return;
        seen[theirs ? 'right' : 'wrong']++;
        expect(strictly(value, schema), JSON.stringify(validate.errors)).toBe(theirs);
      }),
      { numRuns: 100 },
    );
    expect(seen.right + seen.wrong).toBeGreaterThan(10);
  });
});
