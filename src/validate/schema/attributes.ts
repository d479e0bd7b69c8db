import { ownEntry } from '../../document/intrinsics.ts';
import { type ResourceSchema, resolve, type Schema } from './schema.ts';

/** Types whose stacks have outputs of their own: `Outputs.Name`. */
const OUTPUTS: ReadonlySet<string> = new Set([
  'AWS::CloudFormation::Stack',
  'AWS::Serverless::Application',
  'AWS::ServiceCatalog::CloudFormationProvisionedProduct',
]);

const known = new WeakMap<ResourceSchema, ReadonlyMap<string, Schema>>();

/**
 * The schema of what Fn::GetAtt gives, or undefined where a type has no such attribute. As cfn-lint has it: the
 * read-only properties, of some types all properties, and what is in them.
 */
export function attributeSchema(root: ResourceSchema, name: string): Schema | undefined {
  if (OUTPUTS.has(root.typeName) && name.startsWith('Outputs.')) return { type: 'string' };
  const attributes = attributesOf(root);
  const own = attributes.get(name);
  if (own) return own;
  const dot = name.lastIndexOf('.');
  if (dot < 0) return undefined;
  const around = attributes.get(name.slice(0, dot));
  return around && inner(root, around, name.slice(dot + 1));
}

/** The attributes of a type, for a hint. */
export function attributeNames(root: ResourceSchema): readonly string[] {
  return [...attributesOf(root).keys()];
}

function attributesOf(root: ResourceSchema): ReadonlyMap<string, Schema> {
  const before = known.get(root);
  if (before) return before;
  const found = new Map<string, Schema>();
  const paths = [
    ...(root.readOnlyProperties ?? []),
    ...(root.moreAttributes ?? []).map((name) => `/properties/${name}`),
  ];
  for (const path of paths) {
    const names = path.split('/').slice(2);
    let schema: Schema | undefined = root;
    for (const name of names) schema = schema && inner(root, schema, name);
    if (schema && !names.includes('*')) found.set(names.join('.'), resolve(root, schema));
  }
  if (root.allAttributes) addAll(root, root, [], found);
  known.set(root, found);
  return found;
}

/** Every property that is a text, a number or a list of them, however deep it is. */
function addAll(root: ResourceSchema, schema: Schema, path: readonly string[], found: Map<string, Schema>): void {
  for (const [name, written] of Object.entries(schema.properties ?? {})) {
    if (typeof written === 'boolean') continue;
    const property = resolve(root, written);
    const here = [...path, name];
    if (property.properties && here.length < 6) addAll(root, property, here, found);
    else if (!found.has(here.join('.'))) found.set(here.join('.'), property);
  }
}

function inner(root: ResourceSchema, schema: Schema, name: string): Schema | undefined {
  const { properties, items } = resolve(root, schema);
  if (name === '*') return items;
  const property = properties && ownEntry(properties, name);
  return typeof property === 'object' ? property : undefined;
}
