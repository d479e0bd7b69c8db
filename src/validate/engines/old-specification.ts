import { attributeNames, attributeSchema } from '../schema/attributes.ts';
import { type ResourceSchema, resolve, type Schema } from '../schema/schema.ts';
import { schemaFor } from '../schema/schema-for.ts';

/** A property or attribute in the CloudFormation Resource Specification, the form before the registry's schemas. */
interface OldProperty {
  readonly Required?: boolean;
  readonly PrimitiveType?: string;
  readonly PrimitiveItemType?: string;
  readonly Type?: string;
  readonly ItemType?: string;
}

interface OldType {
  readonly Properties: Readonly<Record<string, OldProperty>>;
  readonly Attributes?: Readonly<Record<string, OldProperty>>;
}

/** What the retired cfn-lint is told of today's types. */
export interface OldSpecification {
  readonly ResourceTypes: Readonly<Record<string, OldType>>;
  readonly PropertyTypes: Readonly<Record<string, OldType>>;
}

/** Writes the schemas of types in the old form. Types without a schema are left out: the tool has its own of them. */
export function oldSpecification(types: readonly string[]): OldSpecification {
  const ResourceTypes: Record<string, OldType> = {};
  const PropertyTypes: Record<string, OldType> = {};
  for (const type of types) {
    const schema = schemaFor(type);
    if (!schema) continue;
    const attributes = attributeNames(schema).map((name) => [
      name,
      oldProperty(schema, attributeSchema(schema, name) ?? {}),
    ]);
    ResourceTypes[type] = { ...oldType(schema, schema), Attributes: Object.fromEntries(attributes) };
    for (const [name, definition] of Object.entries(schema.definitions ?? {}))
      PropertyTypes[`${type}.${name}`] = oldType(schema, definition);
  }
  return { ResourceTypes, PropertyTypes };
}

function oldType(root: ResourceSchema, { properties = {}, required = [] }: Schema): OldType {
  const entries = Object.entries(properties).map(([name, schema]) => [
    name,
    { ...oldProperty(root, typeof schema === 'boolean' ? {} : schema), Required: required.includes(name) },
  ]);
  return { Properties: Object.fromEntries(entries) };
}

function oldProperty(root: ResourceSchema, schema: Schema): OldProperty {
  const name = definitionName(schema);
  const target = resolve(root, schema);
  if (target.properties && name !== undefined) return { Type: name };
  const types = [target.type ?? 'object'].flat();
  const type = types.includes('object') ? 'object' : types[0]!;
  if (type !== 'array') return { PrimitiveType: PRIMITIVES[type] ?? 'Json' };
  const item = oldProperty(root, target.items ?? {});
  return item.Type !== undefined && item.Type !== 'List'
    ? { Type: 'List', ItemType: item.Type }
    : { Type: 'List', PrimitiveItemType: item.PrimitiveType ?? 'Json' };
}

function definitionName({ $ref }: Schema): string | undefined {
  return $ref?.replace('#/definitions/', '');
}

const PRIMITIVES: Readonly<Record<string, string>> = {
  string: 'String',
  integer: 'Integer',
  number: 'Double',
  boolean: 'Boolean',
};
