import type { Path } from '../diagnostics/diagnostic.ts';
import schema from './podlaunch.schema.json' with { type: 'json' };

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
  readonly $ref?: string;
  readonly allOf?: readonly SchemaNode[];
}

/** The JSON Schema of podlaunch.yaml. */
export const CONFIG_SCHEMA: SchemaNode = schema as SchemaNode;

/** What the schema says about the value at a path, references resolved; undefined where the path leads nowhere. */
export function schemaAt(path: Path, from: SchemaNode = CONFIG_SCHEMA): SchemaNode | undefined {
  const node = resolved(from);
  const [key, ...rest] = path;
  if (key === undefined) return node;
  const next = typeof key === 'number' ? node.items : node.properties?.[key];
  return next && schemaAt(rest, next);
}

/** The schema with what it refers to; its own words go before those of the definition. */
export function resolved(node: SchemaNode): SchemaNode {
  const definitions: Readonly<Record<string, SchemaNode>> = schema.definitions as Record<string, SchemaNode>;
  const referred = [node, ...(node.allOf ?? [])].flatMap(({ $ref }) =>
    $ref === undefined ? [] : [definitions[$ref.replace('#/definitions/', '')]!],
  );
  return Object.assign({}, ...referred.map(resolved), node) as SchemaNode;
}
