import type { Path } from '../../../diagnostics/diagnostic.ts';
import {
  functionOf,
  has,
  ifParts,
  isList,
  isNoValue,
  isObject,
  type JsonObject,
} from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { type ConditionValues, isPossible } from '../../model/conditions.ts';
import { isOpen } from '../../model/macros.ts';
import { type Call, type Model, objectAt } from '../../model/model.ts';
import { ofType } from '../../model/of-type.ts';
import { wrongKind } from '../../model/shape.ts';
import type { Check, Hit } from './rule.ts';

/** A value of a property under one way in which conditions turn out. */
export interface Found {
  /** undefined where the property is not there. What is computed is a mapping with a function. */
  readonly value: Json | undefined;
  /** The place of the value; where it is not there, of the mapping that should have it. */
  readonly path: Path;
  /** How conditions turn out where the property is so. */
  readonly known: ConditionValues;
  /** The mapping that has the property. */
  readonly beside: JsonObject;
}

/** What is said of a value: whether it is wrong, perhaps in better words than its rule's. */
export type Verdict = boolean | string | Omit<Hit, 'path'>;

/** More combinations of branches than these are not looked at. */
const MAX_COMBINATIONS = 64;

/** Looks at the template as a whole; not where a macro may change anything. */
export function across(check: Check): Check {
  return (model) => (model.hasMacros ? [] : check(model));
}

/** Looks at each call of an intrinsic function. */
export function anywhere(name: string, check: (call: Call, model: Model) => Iterable<Hit>): Check {
  return function* (model) {
    for (const call of model.callsOf(name)) yield* check(call, model);
  };
}

/**
 * Looks at the properties of each resource of a type, or at mappings in them: `AWS::EC2::SecurityGroup/SecurityGroupIngress.*`
 * is each entry of that list.
 */
export function resources(
  type: string | readonly string[],
  check: (properties: JsonObject, path: Path, model: Model, known: ConditionValues) => Iterable<Hit>,
): Check {
  const places = [type].flat().map((one) => one.split('/') as [type: string, inner?: string]);
  function* find(model: Model): Generator<Hit> {
    for (const [name, inner] of places)
      for (const { properties, path, known } of ofType(model, name)) {
        if (inner === undefined) yield* check(properties, path, model, known);
        else
          for (const found of valuesAt(properties, inner, path, known))
            if (isObject(found.value) && !functionOf(found.value))
              yield* check(found.value, found.path, model, found.known);
      }
  }
  // Most rules are about types that the template does not have.
  return across((model) => (places.some(([name]) => ofType(model, name).length > 0) ? find(model) : []));
}

/**
 * Looks at one property of each resource of a type: `VpcSettings.SubnetIds`, `InstanceGroups.*.InstanceType` for each
 * entry of a list. Both branches of Fn::If are looked at; what is removed is left out.
 * @param isBad whether the value is wrong, or a message that says so; `known` are the conditions under which it is used
 */
export function property(
  type: string | readonly string[],
  name: string,
  isBad: (value: Json, beside: JsonObject, model: Model, known: ConditionValues) => Verdict,
): Check {
  return resources(type, function* (properties, path, model, known) {
    for (const { value, path: at, beside, known: there } of valuesAt(properties, name, path, known)) {
      const bad = value !== undefined && isBad(value, beside, model, there);
      if (bad !== false) yield { ...saidOf(bad), path: at };
    }
  });
}

/** What properties are, by their names; undefined where a property is not there. */
export type Values<Name extends string> = Readonly<Record<Name, Json | undefined>>;

/**
 * Looks at several properties of each resource of a type together, under every way in which their conditions turn out.
 * @param isBad the property that is wrong (where it is missing, the mapping that should have it), perhaps with a message
 */
export function properties<Name extends string>(
  type: string | readonly string[],
  names: readonly Name[],
  isBad: (values: Values<Name>, model: Model) => Name | readonly [name: Name, bad: Verdict] | undefined,
): Check {
  return resources(type, function* (object, path, model, known) {
    for (const way of combinations(object, names, path, known, model)) {
      const values = Object.fromEntries(names.map((name) => [name, way.get(name)?.value])) as Values<Name>;
      const bad = isBad(values, model);
      if (bad === undefined) continue;
      const [name, verdict] = typeof bad === 'string' ? [bad, true] : bad;
      const { path: at, value } = way.get(name)!;
      yield { ...saidOf(verdict), path: at, ...(value === undefined && { part: 'key' }) };
    }
  });
}

/** Looks at a property of each resource of a type together with another one, which may be missing. */
export function pair(
  type: string | readonly string[],
  one: string,
  other: string,
  isBad: (one: Json, other: Json | undefined) => Verdict,
): Check {
  return properties(type, [one, other], (values) => {
    const bad = values[one] !== undefined && isBad(values[one], values[other]);
    return bad === false ? undefined : [one, bad];
  });
}

function saidOf(verdict: Verdict): Omit<Hit, 'path'> {
  return typeof verdict === 'string' ? { message: verdict } : typeof verdict === 'object' ? verdict : {};
}

const NOTHING_KNOWN: ConditionValues = new Map();

/** A value, or what the branches of its Fn::If are; undefined where it is removed. */
export function branches(
  value: Json | undefined,
  path: Path,
  known: ConditionValues = NOTHING_KNOWN,
): readonly Omit<Found, 'beside'>[] {
  const parts = ifParts(value);
  if (!parts) return [{ value: isNoValue(value) ? undefined : value, path, known }];
  const [name, then, otherwise] = parts;
  return [
    ...(known.get(name) === false
      ? []
      : branches(then, [...path, 'Fn::If', 1], new Map([...known, [name, true] as const]))),
    ...(known.get(name) === true
      ? []
      : branches(otherwise, [...path, 'Fn::If', 2], new Map([...known, [name, false] as const]))),
  ];
}

/** What a property can be: its name may lead through mappings, and `*` to each entry of a list. */
export function valuesAt(object: JsonObject, name: string, path: Path, known: ConditionValues): readonly Found[] {
  const found: Found[] = [];
  walk({ value: object, path, known, beside: object }, stepsOf(name), 0, found);
  return found;
}

const steps = new Map<string, readonly string[]>();

/** The names of the table of rules, divided once each. */
function stepsOf(name: string): readonly string[] {
  const known = steps.get(name) ?? name.split('.');
  steps.set(name, known);
  return known;
}

function walk(from: Found, steps: readonly string[], at: number, found: Found[]): void {
  const step = steps[at];
  for (const one of branches(from.value, from.path, from.known)) {
    if (step === undefined || one.value === undefined || functionOf(one.value)) {
      found.push({ ...one, beside: from.beside });
    } else if (step === '*') {
      for (const [index, value] of isList(one.value) ? one.value.entries() : [])
        walk({ value, path: [...one.path, index], known: one.known, beside: from.beside }, steps, at + 1, found);
    } else if (isObject(one.value)) {
      if (has(one.value, step))
        walk(
          { value: one.value[step], path: [...one.path, step], known: one.known, beside: one.value },
          steps,
          at + 1,
          found,
        );
      else if (!isOpen(one.value)) found.push({ ...one, value: undefined, beside: one.value });
    }
  }
}

/** The ways in which several properties can be there together; none where there are too many. */
export function combinations<Name extends string>(
  object: JsonObject,
  names: readonly Name[],
  path: Path,
  known: ConditionValues,
  model: Model,
): readonly ReadonlyMap<Name, Found>[] {
  let ways: readonly { readonly known: ConditionValues; readonly found: ReadonlyMap<Name, Found> }[] = [
    { known, found: new Map() },
  ];
  for (const name of names) {
    ways = ways.flatMap((way) =>
      valuesAt(object, name, path, way.known).map((one) => ({
        known: one.known,
        found: new Map([...way.found, [name, one]]),
      })),
    );
    if (ways.length > 1) ways = ways.filter((way) => isPossible(model, way.known));
    if (ways.length > MAX_COMBINATIONS) return [];
  }
  return ways.map(({ found }) => found);
}

/** A text or number as text; undefined where the value is computed, or a dynamic reference that is resolved later. */
export function literal(value: Json | undefined): string | undefined {
  if (value === undefined || value === null || typeof value === 'object') return undefined;
  const text = String(value);
  return text.includes('{{resolve:') ? undefined : text;
}

/** Whether a section of the template is something other than a mapping. */
export function notAMapping(section: string): Check {
  return function* ({ root }) {
    const value = root[section];
    if (value !== undefined && !isObject(value)) yield wrongKind(value, [section], 'mapping');
  };
}

/** Names of a section's entries that are not letters and digits. */
export function badNames(section: string, what: string): Check {
  return function* ({ root }) {
    for (const name of Object.keys(objectAt(root, section)))
      if (!/^[a-zA-Z0-9]+$/.test(name) && !name.startsWith('Fn::'))
        yield {
          message: `The ${what} ${JSON.stringify(name)} must consist of letters and digits.`,
          path: [section, name],
          part: 'key',
        };
  };
}

/** Several checks that give one code. */
export function all(...checks: readonly Check[]): Check {
  return function* (model) {
    for (const check of checks) yield* check(model);
  };
}
