import type { Path } from '../../diagnostics/diagnostic.ts';
import { has, isList, isObject } from '../../document/intrinsics.ts';
import { isServerlessResource } from './macros.ts';
import { memo } from './memo.ts';
import type { Model } from './model.ts';
import { targetsOf } from './references.ts';

/** That one resource or condition needs another, and where it says so. */
export interface Need {
  readonly target: string;
  readonly path: Path;
}

/** What each resource or condition needs, in the order of the text. */
export type NeedsByName = ReadonlyMap<string, readonly Need[]>;

/**
 * What resources need of each other, by Ref, Fn::GetAtt, Fn::Sub and DependsOn. AWS SAM makes several resources of one of
 * its own: nobody knows here which of them needs what that one refers to.
 */
export const resourceNeeds: (model: Model) => NeedsByName = memo(({ calls, isServerless, resources }) => {
  const needs = new Map<string, Need[]>(Object.keys(resources).map((name) => [name, []]));
  const add = (path: Path, target: string): void => {
    if (has(resources, target)) needs.get(String(path[1]))?.push({ target, path });
  };
  for (const call of calls)
    if (call.path[0] === 'Resources' && !(isServerless && isServerlessResource(resources[String(call.path[1])])))
      for (const target of targetsOf(call)) add(call.path, target);
  for (const [name, resource] of Object.entries(resources))
    for (const { target, path } of dependencies(name, resource)) if (typeof target === 'string') add(path, target);
  return needs;
});

/** What a resource's DependsOn names, each with its place. */
export function* dependencies(
  name: string,
  resource: Model['root'][string],
): Generator<{ readonly target: Model['root'][string]; readonly path: Path }> {
  const others = isObject(resource) ? resource['DependsOn'] : undefined;
  if (others === undefined) return;
  const path = ['Resources', name, 'DependsOn'];
  if (!isList(others)) yield { target: others, path };
  else for (const [index, target] of others.entries()) yield { target, path: [...path, index] };
}

/** What conditions need of each other. */
export function conditionNeeds({ calls, conditions }: Model): NeedsByName {
  const needs = new Map<string, Need[]>(Object.keys(conditions).map((name) => [name, []]));
  for (const { name, argument, path } of calls) {
    if (name !== 'Condition' || path[0] !== 'Conditions' || typeof argument !== 'string') continue;
    if (has(conditions, argument)) needs.get(String(path[1]))?.push({ target: argument, path });
  }
  return needs;
}
