import type { Path } from '../diagnostics/diagnostic.ts';
import { ifParts, isList } from '../document/intrinsics.ts';
import type { Call, Model } from '../validate/model/model.ts';
import { targetsOf } from '../validate/model/references.ts';

/** Something that a property of a resource takes from elsewhere in the template. */
export interface TakenValue {
  readonly kind: 'resource' | 'condition' | 'mapping';
  readonly name: string;
  /** From the properties of the resource to the function. */
  readonly path: Path;
}

/** What each resource takes from elsewhere, by its name. */
export function usesOf({ calls, resources }: Model): ReadonlyMap<string, readonly TakenValue[]> {
  const found = new Map<string, TakenValue[]>();
  for (const call of calls) {
    const [section, resource, part, ...path] = call.path;
    if (section !== 'Resources' || part !== 'Properties' || typeof resource !== 'string') continue;
    const uses = found.get(resource) ?? [];
    found.set(resource, uses);
    // The last step is the function's name: the value is above it.
    uses.push(...named(call, resources).map((one) => ({ ...one, path: path.slice(0, -1) })));
  }
  return found;
}

function named(call: Call, resources: Model['resources']): Pick<TakenValue, 'kind' | 'name'>[] {
  const { name, argument } = call;
  if (name === 'Fn::If') {
    const condition = ifParts({ 'Fn::If': argument })?.[0];
    return condition === undefined ? [] : [{ kind: 'condition', name: condition }];
  }
  if (name === 'Fn::FindInMap') {
    const mapping = isList(argument) ? argument[0] : undefined;
    return typeof mapping === 'string' ? [{ kind: 'mapping', name: mapping }] : [];
  }
  return targetsOf(call)
    .filter((target) => Object.hasOwn(resources, target))
    .map((target) => ({ kind: 'resource', name: target }));
}
