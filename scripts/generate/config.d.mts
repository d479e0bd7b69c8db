import type { SchemaNode } from './config/schema-node.d.mts';

/** The text of each file that is made from the JSON Schema of podlaunch.yaml (or from another), by its path. */
export function configFiles(source?: SchemaNode): Readonly<Record<string, string>>;
/** Writes them. */
export function generate(): string;
