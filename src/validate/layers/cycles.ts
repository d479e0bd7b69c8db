import type { Path } from '../../diagnostics/diagnostic.ts';
import type { Finding } from '../finding.ts';
import { has, isList, isObject, subVariables } from '../functions.ts';
import type { Template } from '../template.ts';
import { getAttParts } from './references.ts';

/** That one resource or condition needs another, and where it says so. */
interface Need {
  readonly target: string;
  readonly path: Path;
}

type Needs = ReadonlyMap<string, readonly Need[]>;

/** Resources, or conditions, that need each other in a circle: CloudFormation could make none of them first. */
export function* cycles(template: Template): Generator<Finding> {
  yield* circles(resourceNeeds(template), 'Resources', 'E3004');
  yield* circles(conditionNeeds(template), 'Conditions', 'E8001');
}

function resourceNeeds({ calls, resources }: Template): Needs {
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
    for (const other of isList(others) ? others : [others])
      if (typeof other === 'string') add(['Resources', name, 'DependsOn'], other);
  }
  return needs;
}

function conditionNeeds({ calls, conditions }: Template): Needs {
  const needs = new Map<string, Need[]>(Object.keys(conditions).map((name) => [name, []]));
  for (const { name, argument, path } of calls) {
    if (name !== 'Condition' || path[0] !== 'Conditions' || typeof argument !== 'string') continue;
    if (has(conditions, argument)) needs.get(String(path[1]))?.push({ target: argument, path });
  }
  return needs;
}

/** One finding for each circle, told from its first member on. Walks the needs depth first, without recursion. */
function* circles(needs: Needs, section: string, code: string): Generator<Finding> {
  const done = new Set<string>();
  for (const start of needs.keys()) {
    const way: { name: string; via: Need | undefined; next: number }[] = [];
    const enter = (name: string, via: Need | undefined): void => void way.push({ name, via, next: 0 });
    if (!done.has(start)) enter(start, undefined);
    while (way.length > 0) {
      const top = way.at(-1)!;
      const need = needs.get(top.name)![top.next++];
      if (need === undefined) {
        done.add(top.name);
        way.pop();
      } else if (!done.has(need.target)) {
        const from = way.findIndex(({ name }) => name === need.target);
        if (from < 0) enter(need.target, need);
        else yield circle([...way.slice(from + 1).map(({ via }) => via!), need], section, code);
      }
    }
  }
}

/** The finding about a circle; the last need closes it. */
function circle(needs: readonly Need[], section: string, code: string): Finding {
  const first = needs.at(-1)!.target;
  const round = [first, ...needs.map(({ target }) => target)].join(' -> ');
  return {
    code,
    message: needs.length === 1 ? `${first} needs itself.` : `These need each other: ${round}.`,
    path: [section, first],
    part: 'key',
    hint: 'Break the circle: move what one needs of the other into a resource of its own.',
    related: needs.map(({ target, path }) => ({ message: `${String(path[1])} needs ${target}`, path })),
  };
}
