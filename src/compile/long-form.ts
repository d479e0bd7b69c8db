import { IntrinsicFunction } from 'cloudform-types/types/dataTypes.js';
import type { Json } from '../document/template-document.ts';

/** The template as CloudFormation reads it: intrinsic functions in their long form. */
export function longForm(value: unknown): Json {
  // Every function says what it is by toJSON, and nothing else in a body does.
  return JSON.parse(JSON.stringify(value));
}

/** The value one key further in; undefined where there is none. Works on templates with intrinsic functions in them. */
export function step(value: unknown, key: string | number): unknown {
  const object = value instanceof IntrinsicFunction ? value.toJSON() : value;
  return typeof object === 'object' && object !== null ? (object as Record<string, unknown>)[key] : undefined;
}
