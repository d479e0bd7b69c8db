import { isList, isObject, subVariables } from '../../document/intrinsics.ts';
import type { Finding } from '../model/finding.ts';
import type { Model } from '../model/model.ts';

/** Parameters, conditions and mappings that nothing uses. */
export function* unused(template: Model): Generator<Finding> {
  if (template.hasMacros) return;
  const used = usedNames(template);
  const sections = [
    ['Parameters', 'parameter', template.parameters, used.refs, 'W2001'],
    ['Conditions', 'condition', template.conditions, used.conditions, 'W8001'],
    ['Mappings', 'mapping', template.mappings, used.mappings, 'W7001'],
  ] as const;
  for (const [section, kind, entries, names, code] of sections) {
    for (const name of Object.keys(entries)) {
      if (names === 'all' || names.has(name)) continue;
      const path = [section, name];
      yield { code, message: `The ${kind} ${name} is not used.`, path, part: 'key', hint: 'Delete it.' };
    }
  }
}

interface UsedNames {
  /** `all` where a name is computed. */
  readonly refs: Set<string> | 'all';
  readonly conditions: Set<string>;
  /** `all` where a name is worked out, so that any may be meant. */
  readonly mappings: Set<string> | 'all';
}

function usedNames({ calls, resources, outputs }: Model): UsedNames {
  const refs = new Set<string>();
  const conditions = new Set<string>();
  const mappings = new Set<string>();
  let anyMapping = false;
  let anyRef = false;
  for (const { name, argument } of calls) {
    const first = isList(argument) ? argument[0] : argument;
    if (name === 'Fn::FindInMap' && typeof first !== 'string') anyMapping = true;
    if (name === 'Ref' && isObject(first)) anyRef = true;
    if (typeof first !== 'string') continue;
    if (['Ref', 'Fn::RefAll', 'Fn::ValueOf', 'Fn::ValueOfAll'].includes(name)) refs.add(first);
    if (name === 'Fn::Sub') for (const variable of subVariables(first)) refs.add(variable);
    if (name === 'Fn::If' || name === 'Condition') conditions.add(first);
    if (name === 'Fn::FindInMap') mappings.add(first);
  }
  for (const entry of [...Object.values(resources), ...Object.values(outputs)]) {
    const condition = isObject(entry) ? entry['Condition'] : undefined;
    if (typeof condition === 'string') conditions.add(condition);
  }
  return { refs: anyRef ? 'all' : refs, conditions, mappings: anyMapping ? 'all' : mappings };
}
