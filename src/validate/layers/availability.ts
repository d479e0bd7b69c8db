import type { Path } from '../../diagnostics/diagnostic.ts';
import { has, isList, isObject, subVariables } from '../../document/intrinsics.ts';
import type { Json } from '../../document/template-document.ts';
import { type Outcome, outcomes } from '../model/conditions.ts';
import type { Finding } from '../model/finding.ts';
import { type Call, type Model, objectAt } from '../model/model.ts';
import { getAttParts } from './references.ts';

/** References to resources that may not be there: their condition can be false where the reference is used. */
export function* availability(template: Model): Generator<Finding> {
  if (template.hasMacros) return;
  for (const call of template.calls) {
    if (call.path[0] !== 'Resources' && call.path[0] !== 'Outputs') continue;
    for (const target of targetsOf(call)) {
      const condition = missingWhen(template, target, call.path);
      if (condition === undefined) continue;
      yield {
        code: 'W1001',
        message: `${target} is not there when the condition ${condition} is false, but is needed here.`,
        path: call.path,
        hint: `Put Fn::If with ${condition} around it, or give this the same condition.`,
        related: [{ message: `The condition of ${target}`, path: ['Resources', target, 'Condition'] }],
      };
    }
  }
  for (const [name, resource] of Object.entries(template.resources)) yield* dependencies(template, resource, name);
}

function* dependencies(template: Model, resource: Json, name: string): Generator<Finding> {
  const others = isObject(resource) ? resource['DependsOn'] : undefined;
  for (const [index, other] of (isList(others) ? others : [others]).entries()) {
    const path = ['Resources', name, 'DependsOn', ...(isList(others) ? [index] : [])];
    const condition = typeof other === 'string' ? missingWhen(template, other, path) : undefined;
    if (condition === undefined) continue;
    const message = `${String(other)} is not there when the condition ${condition} is false.`;
    yield { code: 'E3005', message, path, hint: `Give ${name} the same condition.` };
  }
}

/** The resources that a call names. */
function targetsOf({ name, argument }: Call): readonly string[] {
  if (name === 'Ref') return typeof argument === 'string' ? [argument] : [];
  if (name === 'Fn::GetAtt') return getAttParts(argument).slice(0, 1) as readonly string[];
  if (name !== 'Fn::Sub') return [];
  const [text, own] = isList(argument) ? argument : [argument];
  const variables = typeof text === 'string' ? subVariables(text) : [];
  return variables.filter((one) => !isObject(own) || !has(own, one)).map((one) => one.split('.', 1)[0]!);
}

/** The condition of a resource, where it can be false at a place. */
function missingWhen(template: Model, target: string, path: Path): string | undefined {
  const { Condition: condition } = objectAt(template.resources, target);
  if (typeof condition !== 'string') return undefined;
  const ways = outcomes(template, [condition], knownAt(template, path));
  return ways?.some((way) => way.get(condition) === false) ? condition : undefined;
}

/** What is known of conditions at a place: that of the resource or output, and those of the Fn::If around it. */
function knownAt({ root }: Model, path: Path): Outcome {
  const known = new Map<string, boolean>();
  let value: Json | undefined = root;
  for (const [depth, key] of path.entries()) {
    value = (value as { readonly [key: string | number]: Json } | undefined)?.[key];
    const condition = depth === 1 && isObject(value) ? value['Condition'] : undefined;
    if (typeof condition === 'string') known.set(condition, true);
    const branch = path[depth + 1];
    if (key === 'Fn::If' && isList(value) && typeof value[0] === 'string' && (branch === 1 || branch === 2))
      known.set(value[0], branch === 1);
  }
  return known;
}
