import fc from 'fast-check';
import type { Json } from '../../../src/document/template-document.ts';
import { FORMATS } from '../../../src/validate/schema/formats.ts';
import { matches } from '../../../src/validate/schema/patterns.ts';
import { type ResourceSchema, resolve, type Schema } from '../../../src/validate/schema/schema.ts';

/** Texts that many patterns ask for, tried before one is made. */
const TEXTS = [
  ...[
    'a',
    'abc',
    'Abc1',
    'a-b',
    'a1b2c3d4',
    '1',
    '10',
    '1.0',
    'true',
    'a.b',
    'a@example.com',
    'example.com',
    '/a',
    'a/b',
  ],
  ...['10.0.0.0/16', '10.0.0.1', 'https://example.com/a', 's3://bucket/key', 'arn:aws:iam::111122223333:role/name'],
  ...['arn:aws:s3:::bucket', 'arn:aws:sns:us-east-1:111122223333:name', '111122223333', 'us-east-1', 'us-east-1a'],
  ...[
    'arn:aws:kms:us-east-1:111122223333:key/01234567-89ab-cdef-0123-456789abcdef',
    'alias/name',
    '12:00',
    'rate(1 day)',
  ],
  ...[
    '01234567-89ab-cdef-0123-456789abcdef',
    '2026-11-27T08:30:00Z',
    '2026-11-27',
    'mon:03:00-mon:04:00',
    '03:00-04:00',
  ],
  ...[
    'arn:aws:lambda:us-east-1:111122223333:function:name',
    'i-0123456789abcdef0',
    'vpc-0123456789abcdef0',
    'SGVsbG8=',
  ],
];

/** A value that keeps to a schema, or undefined where none is found: optional properties are there two levels deep. */
export function sample(root: ResourceSchema, written: Schema, depth = 0): Json | undefined {
  const schema = resolve(root, written);
  if (schema.const !== undefined) return schema.const;
  const [choice] = schema.enum ?? schema.enumCaseInsensitive ?? [];
  if (choice !== undefined) return choice;
  const type = [schema.type ?? (schema.properties ? 'object' : 'string')].flat()[0];
  if (type === 'boolean') return true;
  if (type === 'integer' || type === 'number') return number(schema);
  if (type === 'array') return list(root, schema, depth);
  if (type === 'object') return object(root, schema, depth);
  return text(schema);
}

function number({ minimum, maximum, exclusiveMinimum, multipleOf = 1 }: Schema): number {
  const least = minimum ?? (exclusiveMinimum === undefined ? Math.min(1, maximum ?? 1) : exclusiveMinimum + 1);
  return Math.ceil(least / multipleOf) * multipleOf;
}

function text({ pattern, format, anyOf, minLength = 0, maxLength = Infinity }: Schema): string | undefined {
  const form = FORMATS[format ?? ''] ?? FORMATS[anyOf?.[0]?.format ?? ''];
  const fits = (one: string): boolean =>
    one.length >= minLength &&
    one.length <= maxLength &&
    (pattern === undefined || matches(pattern, one)) &&
    (form?.fits(one) ?? true);
  const candidates = [...(form ? [form.example] : []), ...TEXTS, 'a'.repeat(Math.min(minLength, 5000))];
  return candidates.find(fits) ?? (pattern === undefined ? undefined : madeFor(pattern, fits));
}

function madeFor(pattern: string, fits: (text: string) => boolean): string | undefined {
  try {
    return fc.sample(fc.stringMatching(new RegExp(pattern)), { numRuns: 12, seed: 1 }).find(fits);
  } catch {
    return undefined;
  }
}

function list(
  root: ResourceSchema,
  { items = {}, minItems = 1, maxItems = 1 }: Schema,
  depth: number,
): Json | undefined {
  const item = sample(root, items, depth + 1);
  if (item === undefined) return minItems === 0 ? [] : undefined;
  const count = Math.min(Math.max(minItems, Math.min(1, maxItems)), 5);
  return Array.from({ length: count }, (_, index) =>
    typeof item === 'string' && index > 0 ? `${item}${index}` : item,
  );
}

function object(root: ResourceSchema, schema: Schema, depth: number): Json | undefined {
  const [form] = schema.oneOf ?? schema.anyOf ?? [];
  const required = new Set([
    ...(schema.required ?? []),
    ...(form?.required ?? []),
    ...(schema.requiredXor ?? []).slice(0, 1),
  ]);
  const hidden = new Set(root === schema ? (root.readOnlyProperties ?? []).map((one) => one.split('/')[2]) : []);
  const made: { [key: string]: Json } = {};
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    const optional = !required.has(key);
    if (typeof property === 'boolean' || (optional && (hidden.has(key) || depth > 2 || Object.keys(made).length > 12)))
      continue;
    const value = depth > 6 ? undefined : sample(root, property, depth + 1);
    if (value !== undefined) made[key] = value;
    else if (!optional) return undefined;
  }
  return made;
}
