/** What the generators read of a JSON Schema. */
export interface SchemaNode {
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly $ref?: string;
  readonly allOf?: readonly SchemaNode[];
  readonly definitions?: Readonly<Record<string, SchemaNode>>;
  /** On `nodes` of podlaunch.yaml: the schema whose settings are its keys. */
  readonly 'x-settings-of'?: string;
  /** On a mapping: the definition whose keys it has too, after its own. */
  readonly 'x-keys-of'?: string;
  /** On a node setting: the launcher may choose it, in this group of the form; its title is the label. */
  readonly 'x-parameter'?: { readonly group: string };
  /** On a node setting: Markdown for docs/nodes/settings.md, after the description. */
  readonly 'x-more'?: string;
  /** On a node setting: what it costs, as Markdown. */
  readonly 'x-cost'?: string;
}
