import { isObject, textOf } from '../document/intrinsics.ts';
import type { Model } from '../validate/model/model.ts';
import { least, rank } from './chances.ts';
import { resourceChange } from './changed-resources.ts';
import { isCustom, replacesFor } from './replaces.ts';
import type { Chance, PropertyChange, ResourceChange } from './template-diff.ts';
import { type TakenValue, usesOf } from './uses.ts';

/** What differs beside resources: whatever takes a value from it may differ too. */
export interface ChangedNames {
  readonly conditions: ReadonlySet<string>;
  readonly mappings: ReadonlySet<string>;
}

/**
 * What follows from changes: a resource that is replaced has another Ref and other attributes, so what takes them
 * changes, and is replaced itself where that property cannot change; so on to the end. Custom resources and nested
 * stacks may give other attributes after any update.
 */
export function followed(
  direct: ReadonlyMap<string, ResourceChange>,
  after: Model,
  changed: ChangedNames,
): ReadonlyMap<string, ResourceChange> {
  const uses = usesOf(after);
  const found = new Map(direct);
  const users = usersOf(uses);
  const waiting = new Set<string>();
  for (const [name, of] of uses) if (of.some((use) => isAbout(use, changed))) waiting.add(name);
  for (const [name, resource] of Object.entries(after.resources)) {
    const condition = isObject(resource) ? resource['Condition'] : undefined;
    if (typeof condition === 'string' && changed.conditions.has(condition)) comesOrGoes(name, condition);
  }
  for (const name of direct.keys()) for (const user of users.get(name) ?? []) waiting.add(user);
  for (const name of waiting) {
    waiting.delete(name);
    const before = found.get(name);
    const now = reached(name, before);
    if (now === undefined || isKnown(before, now)) continue;
    found.set(name, now);
    for (const user of users.get(name) ?? []) waiting.add(user);
  }
  return found;

  /** The resource with what its uses add; undefined where they add nothing. */
  function reached(name: string, own: ResourceChange | undefined): ResourceChange | undefined {
    const resource = after.resources[name];
    if (!isObject(resource) || own?.action === 'add' || own?.action === 'refuse') return undefined;
    const type = textOf(resource['Type']);
    const direct = own?.properties.filter(({ because }) => because === undefined) ?? [];
    const more = (uses.get(name) ?? []).flatMap((use): PropertyChange[] => {
      const reason = why(use);
      if (reason === undefined || direct.some(({ path }) => isWithin(use.path, path))) return [];
      const { chance, because } = reason;
      const change = { path: use.path, before: 'before', after: 'after' };
      return [{ path: use.path, chance, replaces: least(replacesFor(type, change), chance), because }];
    });
    if (more.length === 0) return undefined;
    const merged = resourceChange(name, resource, [...direct, ...once(more)], own?.attributes ?? []);
    return own ? { ...merged, notes: [...new Set([...own.notes, ...merged.notes])] } : merged;
  }

  function why(use: TakenValue): { readonly chance: Exclude<Chance, 'no'>; readonly because: string } | undefined {
    const { kind, name } = use;
    if (isAbout(use, changed)) return { chance: 'maybe', because: `the ${kind} ${name} differs` };
    const change = kind === 'resource' ? found.get(name) : undefined;
    if (change?.action === 'replace') {
      const { chance } = change;
      return { chance, because: `${name} ${chance === 'yes' ? 'is' : 'may be'} replaced` };
    }
    if (change?.action === 'update' && givesOther(change.type))
      return { chance: 'maybe', because: `${name} may give another value` };
    return undefined;
  }

  function comesOrGoes(name: string, condition: string): void {
    const own = found.get(name);
    if (own?.action === 'add') return;
    const resource = after.resources[name];
    const base = own ?? resourceChange(name, isObject(resource) ? resource : {}, [], ['Condition']);
    found.set(name, { ...base, notes: [...base.notes, `It may come or go: the condition ${condition} differs.`] });
  }
}

function isAbout({ kind, name }: TakenValue, { conditions, mappings }: ChangedNames): boolean {
  return (kind === 'condition' && conditions.has(name)) || (kind === 'mapping' && mappings.has(name));
}

/** Types whose attributes may differ after each update: what they give is decided by a function or another template. */
function givesOther(type: string): boolean {
  return isCustom(type) || type === 'AWS::CloudFormation::Stack';
}

/** Who uses each resource. */
function usersOf(uses: ReadonlyMap<string, readonly TakenValue[]>): ReadonlyMap<string, readonly string[]> {
  const users = new Map<string, string[]>();
  for (const [user, of] of uses)
    for (const { kind, name } of of) {
      if (kind !== 'resource') continue;
      const list = users.get(name) ?? [];
      if (list.push(user) === 1) users.set(name, list);
    }
  return users;
}

/** One change for a property, the worst: what changes it may be named several times in it. */
function once(changes: readonly PropertyChange[]): PropertyChange[] {
  const byPath = new Map<string, PropertyChange>();
  for (const change of changes) {
    const key = JSON.stringify(change.path);
    const before = byPath.get(key);
    if (!before || badness(change) > badness(before)) byPath.set(key, change);
  }
  return [...byPath.values()];
}

function badness({ replaces, chance }: PropertyChange): number {
  return 3 * rank(replaces) + rank(chance);
}

function isWithin(path: readonly (string | number)[], outer: readonly (string | number)[]): boolean {
  return outer.every((step, index) => path[index] === step);
}

/** Whether a change was found already in this form: else what it reaches is looked at again. */
function isKnown(before: ResourceChange | undefined, now: ResourceChange): boolean {
  const text = ({ action, chance, properties }: ResourceChange) => JSON.stringify([action, chance, properties]);
  return before !== undefined && text(before) === text(now);
}
