import type { SchemaNode } from './config/schema-node.d.mts';

/** The schema of podlaunch.yaml as it is written, with `nodes` filled in and the definitions of the node settings. */
export function sourceSchema(settings?: SchemaNode): SchemaNode;
/** The schema of the node settings as it is written. */
export function settingsSchema(): SchemaNode;
/** The text of each file that is made from the JSON Schemas of podlaunch.yaml and of the node settings (or from others), by its path. */
export function configFiles(from?: {
  readonly settings?: SchemaNode;
  readonly source?: SchemaNode;
}): Readonly<Record<string, string>>;
/** Writes them. */
export function generate(): string;
