import { type JsonObject, textOf } from '../document/intrinsics.ts';
import { objectAt } from '../validate/model/model.ts';
import { schemaFor } from '../validate/schema/schema-for.ts';
import { certainty } from './certainty.ts';
import { least, worst } from './chances.ts';
import { changesBetween, isSame } from './compare-values.ts';
import { isCustom, replacesFor } from './replaces.ts';
import type { PropertyChange, ResourceAction, ResourceChange } from './template-diff.ts';

/** What stands beside Type and Properties of a resource. */
const isAttribute = (name: string) => name !== 'Type' && name !== 'Properties';

/** What an update does to a resource by its own text alone; undefined where nothing of it differs. */
export function changedResource(
  name: string,
  before: JsonObject | undefined,
  after: JsonObject | undefined,
  isResource: (name: string) => boolean,
): ResourceChange | undefined {
  if (before === undefined) return plain(name, after ?? {}, 'add');
  if (after === undefined) return { ...plain(name, before, 'remove'), fate: fateOf(before, 'DeletionPolicy') };
  if (textOf(before['Type']) !== textOf(after['Type'])) return otherType(name, before, after);
  const type = textOf(after['Type']);
  const properties = changesBetween(objectAt(before, 'Properties'), objectAt(after, 'Properties')).map(
    (change): PropertyChange => {
      const chance = certainty(change, isResource);
      return { ...change, chance, replaces: least(replacesFor(type, change), chance) };
    },
  );
  const attributes = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => isAttribute(key) && !isSame(before[key], after[key]),
  );
  if (properties.length === 0 && attributes.length === 0) return undefined;
  return resourceChange(name, after, properties, attributes);
}

/** A resource that changes, by what changes in it. */
export function resourceChange(
  name: string,
  resource: JsonObject,
  properties: readonly PropertyChange[],
  attributes: readonly string[],
): ResourceChange {
  const type = textOf(resource['Type']);
  const schema = schemaFor(type);
  const replaces = worst(properties.map((one) => one.replaces));
  const action =
    replaces !== 'no'
      ? 'replace'
      : properties.length > 0
        ? 'update'
        : attributes.includes('Condition')
          ? 'toggle'
          : 'touch';
  const chance =
    action === 'update' ? worst(properties.map((one) => one.chance)) : action === 'toggle' ? 'maybe' : replaces;
  const notes =
    schema === undefined && properties.length > 0
      ? [
          `${isCustom(type) ? 'It is a custom resource' : 'The registry does not know its type'}: its own handler decides.`,
        ]
      : [];
  return {
    name,
    type,
    action,
    chance: chance === 'no' ? 'yes' : chance,
    properties,
    attributes,
    ...(action === 'replace' && { fate: fateOf(resource, 'UpdateReplacePolicy') }),
    ...(action === 'replace' && schema?.replacementStrategy && { order: schema.replacementStrategy }),
    notes,
  };
}

function plain(name: string, resource: JsonObject, action: ResourceAction): ResourceChange {
  const condition = resource['Condition'];
  return {
    name,
    type: textOf(resource['Type']),
    action,
    chance: condition === undefined ? 'yes' : 'maybe',
    properties: [],
    attributes: [],
    notes: typeof condition === 'string' ? [`Only where ${condition} is true.`] : [],
  };
}

function otherType(name: string, before: JsonObject, after: JsonObject): ResourceChange {
  const note = `CloudFormation refuses another type under the same logical id: it was ${textOf(before['Type'])}. Rename it.`;
  return { ...plain(name, after, 'refuse'), chance: 'yes', notes: [note] };
}

/** What becomes of a resource that goes. A policy of both templates may differ: the one that is there at the time counts. */
function fateOf(
  resource: JsonObject,
  policy: 'DeletionPolicy' | 'UpdateReplacePolicy',
): NonNullable<ResourceChange['fate']> {
  const said = resource[policy];
  if (said === 'Retain' || (said === 'RetainExceptOnCreate' && policy === 'DeletionPolicy')) return 'kept';
  if (said === 'Snapshot') return 'snapshot';
  return said === undefined && policy === 'DeletionPolicy' && hasSnapshotByDefault(resource) ? 'snapshot' : 'deleted';
}

/** Databases of which CloudFormation keeps a snapshot where no policy is written: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html */
function hasSnapshotByDefault(resource: JsonObject): boolean {
  if (resource['Type'] === 'AWS::RDS::DBCluster') return true;
  return (
    resource['Type'] === 'AWS::RDS::DBInstance' &&
    !Object.hasOwn(objectAt(resource, 'Properties'), 'DBClusterIdentifier')
  );
}
