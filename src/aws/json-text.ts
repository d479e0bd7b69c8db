import { IntrinsicFunction } from 'cloudform-types/types/dataTypes.js';
import { typed } from './intrinsics.ts';
import { referenceIn } from './sub.ts';
import type { Expression } from './value.ts';

/** An expression whose result is in the JSON as it is (a number, true, false), not as a string. */
export interface Bare {
  readonly bare: Expression<unknown>;
}

/** JSON with expressions in it. An expression becomes a JSON string unless it is `{bare: …}`. */
export type JsonSource =
  | null
  | boolean
  | number
  | string
  | Expression<string>
  | Bare
  | readonly JsonSource[]
  | { readonly [key: string]: JsonSource };

/**
 * Fn::Sub over the text of a JSON document. What the expressions give is not escaped: every parameter in them needs a
 * pattern that forbids quotes, backslashes and control characters. Expressions other than Ref and GetAtt become
 * variables named after their key.
 */
export function jsonText(document: { readonly [key: string]: JsonSource }): Expression<string> {
  const variables: Record<string, unknown> = {};
  const lines = Object.entries(document).map(([key, value]) => ` ${quoted(key)}: ${write(value, key)}`);
  const text = `{\n${lines.join(',\n')}\n}`;
  return typed(new IntrinsicFunction('Fn::Sub', Object.keys(variables).length > 0 ? [text, variables] : text));

  function write(value: JsonSource, key: string): string {
    if (value instanceof IntrinsicFunction) return `"${placeholder(value, key)}"`;
    if (Array.isArray(value)) return `[${value.map((item) => write(item, key)).join(', ')}]`;
    if (value === null || typeof value !== 'object') return quoted(value as string | number | boolean | null);
    if ('bare' in value) return placeholder((value as Bare).bare, key);
    const members = Object.entries(value).map(([name, item]) => `${quoted(name)}: ${write(item, name)}`);
    return `{${members.join(', ')}}`;
  }

  function placeholder(expression: IntrinsicFunction, key: string): string {
    const reference = referenceIn(expression);
    if (reference !== undefined) return reference;
    const variable = key[0]!.toUpperCase() + key.slice(1);
    if (variable in variables) throw new Error(`two expressions would both be the variable ${variable}`);
    variables[variable] = expression;
    return `\${${variable}}`;
  }
}

function quoted(value: string | number | boolean | null): string {
  return JSON.stringify(value).replaceAll('${', '${!');
}
