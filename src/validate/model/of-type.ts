import type { Path } from '../../diagnostics/diagnostic.ts';
import { isObject, type JsonObject } from '../../document/intrinsics.ts';
import type { ConditionValues } from './conditions.ts';
import { memo } from './memo.ts';
import { type Model, objectAt } from './model.ts';
import { ownCondition, propertiesPath } from './resource.ts';

/** A resource of a type. */
export interface Typed {
  readonly id: string;
  readonly properties: JsonObject;
  /** The place of the properties, or of the resource where it has none. */
  readonly path: Path;
  /** The resource's own condition is true wherever the resource is. */
  readonly known: ConditionValues;
}

/**
 * The resources of a type, in the order of the template: most rules look for one type, which most templates do not have.
 * What the section Globals of AWS SAM says of functions has the type `Globals::Function`, and so on.
 */
export function ofType(model: Model, type: string): readonly Typed[] {
  return byType(model).get(type) ?? [];
}

/** The properties of a resource; none where the template does not have the resource. */
export function propertiesOf(model: Model, id: string | undefined): JsonObject {
  return id === undefined ? {} : objectAt(model.resources[id], 'Properties');
}

const byType: (model: Model) => ReadonlyMap<string, readonly Typed[]> = memo(({ resources, root, isServerless }) => {
  const types = new Map<string, Typed[]>();
  for (const [kind, properties] of Object.entries(isServerless ? objectAt(root, 'Globals') : {}))
    if (isObject(properties))
      types.set(`Globals::${kind}`, [{ id: kind, properties, path: ['Globals', kind], known: new Map() }]);
  for (const [id, resource] of Object.entries(resources)) {
    if (!isObject(resource) || typeof resource['Type'] !== 'string') continue;
    const { Type: type } = resource;
    const typed = {
      id,
      properties: objectAt(resource, 'Properties'),
      path: propertiesPath(id, resource),
      known: ownCondition(resource),
    };
    const list = types.get(type) ?? [];
    if (list.push(typed) === 1) types.set(type, list);
  }
  return types;
});
