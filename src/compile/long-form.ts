import { IntrinsicFunction } from 'cloudform-types/types/dataTypes.js';
import type { Json } from '../document/template-document.ts';

/** The template as CloudFormation reads it: intrinsic functions in their long form. */
export function longForm(value: unknown): Json {
  if (value instanceof IntrinsicFunction) return longForm(value.toJSON());
  if (Array.isArray(value)) return value.map(longForm);
  if (typeof value !== 'object' || value === null) return value as Json;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, longForm(item)]));
}

/** The value one key further in; undefined where there is none. Works on templates with intrinsic functions in them. */
export function step(value: unknown, key: string | number): unknown {
  const object = value instanceof IntrinsicFunction ? value.toJSON() : value;
  return typeof object === 'object' && object !== null ? (object as Record<string, unknown>)[key] : undefined;
}
