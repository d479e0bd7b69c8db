import { isObject } from './intrinsics.ts';
import type { Json } from './template-document.ts';

/** What a value may be. */
export type Kind = 'text' | 'number' | 'boolean' | 'list' | 'mapping' | 'any';

/** Whether a value is of a kind, as CloudFormation takes it: "5" is a number, and 5 is text. */
export function isKind(value: Json, kind: Kind): boolean {
  switch (kind) {
    case 'text':
      return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    case 'number':
      return (
        typeof value === 'number' ||
        (typeof value === 'string' && /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*$/.test(value))
      );
    case 'boolean':
      return typeof value === 'boolean' || (typeof value === 'string' && /^(?:true|false)$/i.test(value));
    case 'list':
      return Array.isArray(value);
    case 'mapping':
      return isObject(value);
    default:
      return value !== null;
  }
}

/** What a value is, in a word or two. */
export function kindOf(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping of keys';
  return typeof value === 'string' ? 'text' : `the ${typeof value} ${value}`;
}
