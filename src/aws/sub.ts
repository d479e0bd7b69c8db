import { IntrinsicFunction } from 'cloudform-types/types/dataTypes.js';
import { nameAndPayload } from './call.ts';
import { typed } from './intrinsics.ts';
import type { Expression } from './value.ts';

/** What may be in a `sub` text: a text, a number, an expression, or a named expression (`{SearchBase: join(…)}`). */
type Part = string | number | Expression<unknown> | { readonly [name: string]: Expression<unknown> };

/**
 * Fn::Sub as a tagged template: ``sub`arn:${partition}:s3:::${bucket.ref()}` ``. A reference or attribute becomes
 * `${Bucket}` or `${Bucket.Arn}`; any other expression becomes a variable, named as given or Value1, Value2, ….
 * A literal `${` of the text is escaped.
 */
export function sub(texts: readonly string[], ...parts: readonly Part[]): Expression<string> {
  const variables: Record<string, unknown> = {};
  let text = escapeDollar(texts[0]!);
  parts.forEach((part, index) => {
    text += placeholder(part, variables) + escapeDollar(texts[index + 1]!);
  });
  const payload = Object.keys(variables).length > 0 ? [text, variables] : text;
  return typed(new IntrinsicFunction('Fn::Sub', payload));
}

function placeholder(part: Part, variables: Record<string, unknown>): string {
  if (typeof part !== 'object') return escapeDollar(String(part));
  if (part instanceof IntrinsicFunction) {
    return referenceIn(part) ?? variable(`Value${Object.keys(variables).length + 1}`, part, variables);
  }
  return Object.entries(part)
    .map(([name, value]) => variable(name, value, variables))
    .join('');
}

function variable(name: string, value: unknown, variables: Record<string, unknown>): string {
  variables[name] = value;
  return `\${${name}}`;
}

function escapeDollar(text: string): string {
  return text.replaceAll('${', '${!');
}

/** How a Ref or Fn::GetAtt is written in the text of an Fn::Sub; undefined for any other function. */
export function referenceIn(expression: IntrinsicFunction): string | undefined {
  const [name, payload] = nameAndPayload(expression);
  if (name === 'Ref' && typeof payload === 'string') return `\${${payload}}`;
  return name === 'Fn::GetAtt' && Array.isArray(payload) ? `\${${payload.join('.')}}` : undefined;
}
