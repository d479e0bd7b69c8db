import type { Path } from '../../diagnostics/diagnostic.ts';
import { functionOf, has, ifParts, isList, isNoValue, isObject, type JsonObject } from '../../document/intrinsics.ts';
import { kindOf } from '../../document/kind.ts';
import type { Json } from '../../document/template-document.ts';
import type { Outcome } from '../model/conditions.ts';
import { outcomes } from '../model/conditions.ts';
import type { Finding } from '../model/finding.ts';
import type { Model } from '../model/model.ts';
import { didYouMean } from '../model/shape.ts';
import { functionFault } from './function-types.ts';
import { type Fault, hasType, scalarFaults } from './keywords.ts';
import { matches } from './patterns.ts';
import { listFaults, presenceFaults } from './presence.ts';
import type { ResourceSchema, Schema } from './schema-for.ts';

/** A value on its way through a schema. */
interface Place {
  readonly path: Path;
  /** The place in the schema's notation, `/properties/Tags/*`, for read-only properties. */
  readonly pointer: string;
  /** The conditions that must hold, or not, for the value to be there. */
  readonly known: Outcome;
}

/**
 * Checks a resource's properties against its type's schema. An intrinsic function may stand wherever a value may:
 * both branches of Fn::If are checked, of others only whether they give a list or a text.
 * @param known how the resource's own condition turns out
 */
export function checkProperties(
  template: Model,
  root: ResourceSchema,
  properties: Json,
  path: Path,
  known: Outcome,
): readonly Finding[] {
  const findings: Finding[] = [];
  const readOnly = new Set(root.readOnlyProperties);

  function report(path: Path, faults: readonly Fault[], part?: 'key'): void {
    for (const fault of faults) findings.push({ ...fault, path, ...(part && { part }) });
  }

  function visit(value: Json, reference: Schema, place: Place): void {
    if (isNoValue(value)) return;
    const schema = resolve(root, reference);
    const branches = ifParts(value);
    const call = functionOf(value);
    if (branches) {
      choose(branches, schema, place);
      return;
    }
    if (call) {
      const fault = functionFault(template, call, schema);
      if (fault) report([...place.path, call.name], [fault]);
      return;
    }
    if (!hasType(value, schema)) {
      const wanted = [schema.type].flat().join(' or ');
      report(place.path, [{ code: 'E3012', message: `Here must stand ${article(wanted)}, not ${kindOf(value)}.` }]);
      return;
    }
    if (isList(value)) visitList(value, schema, place);
    else if (isObject(value)) visitObject(value, schema, place);
    else if (value !== null) report(place.path, scalarFaults(value, schema));
    combine(value, schema, place);
  }

  function choose([name, then, otherwise]: readonly [string, Json, Json], schema: Schema, place: Place): void {
    for (const [index, branch, outcome] of [
      [1, then, true],
      [2, otherwise, false],
    ] as const) {
      if ((place.known.get(name) ?? outcome) !== outcome) continue;
      visit(branch, schema, {
        ...place,
        path: [...place.path, 'Fn::If', index],
        known: new Map([...place.known, [name, outcome]]),
      });
    }
  }

  function visitList(list: readonly Json[], schema: Schema, place: Place): void {
    report(place.path, listFaults(list, schema), 'key');
    if (!schema.items) return;
    for (const [index, item] of list.entries())
      visit(item, schema.items, { ...place, path: [...place.path, index], pointer: `${place.pointer}/*` });
  }

  function visitObject(object: JsonObject, schema: Schema, place: Place): void {
    for (const [key, value] of Object.entries(object)) {
      const inner = { ...place, path: [...place.path, key], pointer: `${place.pointer}/${key}` };
      const property = propertySchema(schema, key);
      if (property === undefined) unknownKey(key, schema, inner.path);
      else if (readOnly.has(`/properties${inner.pointer}`))
        report(
          inner.path,
          [{ code: 'E3040', message: `${key} is read-only: AWS sets it.`, hint: 'Delete it.' }],
          'key',
        );
      else if (property !== true) visit(value, property, inner);
    }
    const ways = presences(template, object, place.known);
    const faults = new Map(ways.flatMap((keys) => presenceFaults(keys, schema)).map((fault) => [fault.message, fault]));
    report(place.path, [...faults.values()], 'key');
  }

  function unknownKey(key: string, schema: Schema, at: Path): void {
    const known = Object.keys(schema.properties ?? {});
    const hint = didYouMean(key, known, known.length > 0 ? `There are ${known.join(', ')}.` : undefined);
    report(at, [{ code: 'E3002', message: `There is no property ${key} here.`, hint }], 'key');
  }

  /** allOf, anyOf and oneOf: under every way in which the conditions of the value can turn out. */
  function combine(value: Json, { allOf, anyOf, oneOf }: Schema, place: Place): void {
    for (const schema of allOf ?? []) visit(value, schema, place);
    if (!anyOf && !oneOf) return;
    const counts = (schemas: readonly Schema[] | undefined): readonly number[] =>
      schemas === undefined
        ? [1]
        : waysOf(template, value, place.known).map((known) => fitting(value, schemas, { ...place, known }));
    const none = 'This fits none of the forms that are possible here.';
    if (counts(anyOf).includes(0)) report(place.path, [{ code: 'E3017', message: none }], 'key');
    const ones = counts(oneOf);
    if (ones.includes(0)) report(place.path, [{ code: 'E3018', message: none }], 'key');
    if (ones.some((count) => count > 1))
      report(place.path, [{ code: 'E3018', message: 'This mixes forms of which only one is possible here.' }], 'key');
  }

  /** How many of the schemas find nothing. */
  function fitting(value: Json, schemas: readonly Schema[], place: Place): number {
    const before = findings.length;
    const fits = schemas.filter((schema) => {
      visit(value, schema, place);
      const none = findings.length === before;
      findings.length = before;
      return none;
    });
    return fits.length;
  }

  visit(properties, root, { path, pointer: '', known });
  return findings;
}

/** Follows `#/definitions/NAME`. */
function resolve(root: ResourceSchema, schema: Schema): Schema {
  const name = schema.$ref?.replace('#/definitions/', '');
  return name === undefined ? schema : resolve(root, root.definitions?.[name] ?? {});
}

/** The schema of a property: `true` where anything may stand, undefined where the property may not be there. */
function propertySchema(
  { properties, patternProperties, additionalProperties }: Schema,
  key: string,
): Schema | true | undefined {
  if (properties && has(properties, key)) return properties[key]!;
  for (const [pattern, schema] of Object.entries(patternProperties ?? {})) if (matches(pattern, key)) return schema;
  if (additionalProperties === false) return undefined;
  return typeof additionalProperties === 'object' ? additionalProperties : true;
}

/** The sets of keys that an object can have, as its conditions turn out. */
function presences(template: Model, object: JsonObject, known: Outcome): readonly ReadonlySet<string>[] {
  const present = Object.entries(object).filter(([, value]) => !isNoValue(value));
  const optional = new Map(present.flatMap(([key, value]) => optionalKey(key, value)));
  return waysOf(template, object, known).map(
    (way) => new Set(present.map(([key]) => key).filter((key) => isThere(optional.get(key), way))),
  );
}

/** What is known, and each way in which the conditions can turn out that decide which keys an object has. */
function waysOf(template: Model, value: Json, known: Outcome): readonly Outcome[] {
  const optional = isObject(value) ? Object.entries(value).flatMap(([key, item]) => optionalKey(key, item)) : [];
  const names = [...new Set(optional.map(([, [name]]) => name))];
  const ways = names.length === 0 ? undefined : outcomes(template, names, known);
  return ways?.map((way) => new Map([...known, ...way])) ?? [known];
}

/** A key that is there only as a condition turns out, with the condition and the outcome. */
function optionalKey(key: string, value: Json): readonly (readonly [string, readonly [string, boolean]])[] {
  const [name, then, otherwise] = ifParts(value) ?? [];
  if (name === undefined || isNoValue(then) === isNoValue(otherwise)) return [];
  return [[key, [name, isNoValue(otherwise)]]];
}

function isThere(condition: readonly [string, boolean] | undefined, way: Outcome): boolean {
  return condition === undefined || (way.get(condition[0]) ?? condition[1]) === condition[1];
}

function article(type: string): string {
  const names: Readonly<Record<string, string>> = {
    object: 'a mapping of keys',
    array: 'a list',
    integer: 'a whole number',
    string: 'text',
    boolean: 'true or false',
    number: 'a number',
  };
  return type
    .split(' or ')
    .map((one) => names[one] ?? one)
    .join(' or ');
}
