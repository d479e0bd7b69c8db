import { IntrinsicFunction } from 'cloudform-types/types/dataTypes.js';
import { nameAndPayload } from './call.ts';

/**
 * The logical ids that a part of a template refers to (Ref, Fn::GetAtt, Fn::Sub, DependsOn) whatever its conditions say:
 * not those within an Fn::If, of which CloudFormation may take the other branch.
 */
export function certainReferences(declaration: object): ReadonlySet<string> {
  const found = new Set<string>();
  walk(declaration, found);
  return found;
}

function walk(value: unknown, found: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) for (const item of value) walk(item, found);
  else if (value instanceof IntrinsicFunction) walkEntry(...nameAndPayload(value), found);
  else for (const key of Object.keys(value)) walkEntry(key, (value as Record<string, unknown>)[key], found);
}

function walkEntry(key: string, inner: unknown, found: Set<string>): void {
  if (key === 'Fn::If') return;
  if (key === 'Ref' && typeof inner === 'string') found.add(inner);
  else if (key === 'Fn::GetAtt') found.add(String(Array.isArray(inner) ? inner[0] : inner).split('.')[0]!);
  else if (key === 'DependsOn') for (const id of [inner].flat() as readonly string[]) found.add(id);
  else if (key === 'Fn::Sub') inText(inner, found);
  else walk(inner, found);
}

/** The text of an Fn::Sub, and what its variables are. */
function inText(payload: unknown, found: Set<string>): void {
  const [text, variables = {}] = (Array.isArray(payload) ? payload : [payload]) as unknown as readonly [
    string,
    object?,
  ];
  for (const [, name] of text.matchAll(/\$\{([^!}][^}]*)\}/g)) {
    if (!(name! in variables)) found.add(name!.split('.')[0]!);
  }
  walk(variables, found);
}
