import type { Path } from '../diagnostics/diagnostic.ts';
import schema from './generated/podlaunch.schema.json' with { type: 'json' };

/** What podlaunch reads of its own JSON Schema, besides having it checked. */
export interface SchemaNode {
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
}

/** The JSON Schema of podlaunch.yaml, without references. */
export const CONFIG_SCHEMA: SchemaNode = schema as SchemaNode;

/** What the schema says about the value at a path; undefined where the path leads nowhere. */
export function schemaAt(path: Path, from: SchemaNode = CONFIG_SCHEMA): SchemaNode | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return from;
  const next = typeof key === 'number' ? from.items : from.properties?.[key];
  return next && schemaAt(rest, next);
}
