import type { Path } from '../../diagnostics/diagnostic.ts';
import { has, isList, isObject, subVariables } from '../../document/intrinsics.ts';
import type { Model } from '../model/model.ts';
import { getAttParts } from './references.ts';

/** That one resource or condition needs another, and where it says so. */
export interface Need {
  readonly target: string;
  readonly path: Path;
}

/** What each resource or condition needs, in the order of the text. */
export type Needs = ReadonlyMap<string, readonly Need[]>;

/** What resources need of each other, by Ref, Fn::GetAtt, Fn::Sub and DependsOn. */
export function resourceNeeds({ calls, resources }: Model): Needs {
  const needs = new Map<string, Need[]>(Object.keys(resources).map((name) => [name, []]));
  const add = (path: Path, target: string | undefined): void => {
    if (target !== undefined && has(resources, target)) needs.get(String(path[1]))?.push({ target, path });
  };
  for (const { name, argument, path } of calls) {
    if (path[0] !== 'Resources') continue;
    if (name === 'Ref' && typeof argument === 'string') add(path, argument);
    if (name === 'Fn::GetAtt') add(path, getAttParts(argument)[0]);
    if (name !== 'Fn::Sub') continue;
    const [text, own] = isList(argument) ? argument : [argument];
    for (const variable of typeof text === 'string' ? subVariables(text) : [])
      if (!isObject(own) || !has(own, variable)) add(path, variable.split('.', 1)[0]);
  }
  for (const [name, resource] of Object.entries(resources)) {
    const others = isObject(resource) ? resource['DependsOn'] : undefined;
    for (const [index, other] of (isList(others) ? others : [others]).entries())
      if (typeof other === 'string') add(['Resources', name, 'DependsOn', ...(isList(others) ? [index] : [])], other);
  }
  return needs;
}

/** What conditions need of each other. */
export function conditionNeeds({ calls, conditions }: Model): Needs {
  const needs = new Map<string, Need[]>(Object.keys(conditions).map((name) => [name, []]));
  for (const { name, argument, path } of calls) {
    if (name !== 'Condition' || path[0] !== 'Conditions' || typeof argument !== 'string') continue;
    if (has(conditions, argument)) needs.get(String(path[1]))?.push({ target: argument, path });
  }
  return needs;
}
