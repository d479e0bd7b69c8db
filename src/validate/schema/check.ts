import type { Path } from '../../diagnostics/diagnostic.ts';
import {
  type FunctionCall,
  functionOf,
  has,
  type IfParts,
  ifParts,
  isList,
  isNoValue,
  isObject,
  type JsonObject,
  textOf,
} from '../../document/intrinsics.ts';
import { kindOf } from '../../document/kind.ts';
import type { Json } from '../../document/template-document.ts';
import { type ConditionValues, isPossible } from '../model/conditions.ts';
import type { Finding } from '../model/finding.ts';
import { isLoop } from '../model/loops.ts';
import { isOpen } from '../model/macros.ts';
import type { Model } from '../model/model.ts';
import { didYouMean } from '../model/shape.ts';
import { functionFault } from './function-types.ts';
import { formsFault, hasType, type SchemaFault, scalarFaults } from './keywords.ts';
import { kindFault } from './kinds.ts';
import { packagedFault } from './packaged.ts';
import { branchesAt, type Place, pathOf, propertyOf, readOnlyTree, subjectOf, within } from './place.ts';
import { listFaults, presenceFaults, presenceMatters, sameKeys } from './presence.ts';
import { propertySchema } from './property-schema.ts';
import { type Combination, type ResourceSchema, resolve, type Schema } from './schema.ts';
import { type Possible, valuesOf } from './values.ts';
import { keySets, waysOf } from './ways.ts';

/** Whether a value fits a schema: it may depend on what the template does not say. */
type Verdict = 'yes' | 'no' | 'unknown';

/** Codes of values that come through a function, as cfn-lint has them: a parameter may be given another. */
const THROUGH: Readonly<Record<string, string>> = {
  Ref: 'W1030',
  'Fn::Sub': 'W1031',
  'Fn::Join': 'W1032',
  'Fn::Split': 'W1033',
  'Fn::FindInMap': 'W1034',
  'Fn::Select': 'W1035',
};

const readOnlyTrees = new WeakMap<ResourceSchema, ReturnType<typeof readOnlyTree>>();

/**
 * Checks a resource's properties against its type's schema. An intrinsic function may be wherever a value may: both
 * branches of Fn::If are checked, of others what they give, as far as the template says it.
 * @param known how the resource's own condition turns out
 */
export function checkProperties(
  model: Model,
  root: ResourceSchema,
  properties: Json,
  path: Path,
  known: ConditionValues,
): readonly Finding[] {
  const readOnly = readOnlyTrees.get(root) ?? readOnlyTree(readOnlyOf(root));
  readOnlyTrees.set(root, readOnly);
  const top: Place = { around: path.slice(0, -1), key: path.at(-1) ?? '', known, readOnly };
  const walk = walker(model, root);
  walk.visit(properties, root, top);
  for (const combination of root.combinations ?? []) walk.combination(properties, combination, top);
  return walk.findings;
}

/** Three types say of a property that it is set at creation, or must be, and that it is read-only: then it is not. */
function readOnlyOf({
  readOnlyProperties = [],
  createOnlyProperties = [],
  required = [],
  typeName,
}: ResourceSchema): readonly string[] {
  // AWS SAM sets nothing itself: what its schemas call so is what Ref and Fn::GetAtt give of what it makes.
  if (typeName.startsWith('AWS::Serverless::')) return [];
  const settable = new Set([...createOnlyProperties, ...required.map((name) => `/properties/${name}`)]);
  return readOnlyProperties.filter((pointer) => !settable.has(pointer));
}

function walker(model: Model, root: ResourceSchema) {
  const findings: Finding[] = [];
  /** Whether something was met since that the template does not say. */
  let unknown = false;
  /** Whether what is found is only counted: an alternative is tried. */
  let trying = false;
  /** Whether a rule of cfn-lint's is looked at: references and types are the schema's to judge. */
  let combining = false;

  function report(place: Place, faults: readonly SchemaFault[], part?: 'key'): void {
    if (faults.length === 0) return;
    const path = trying ? [] : pathOf(place);
    for (const fault of faults) findings.push({ ...fault, path, ...(part && { part }) });
  }

  function visit(value: Json, written: Schema | boolean, place: Place): void {
    if (typeof written === 'boolean') {
      if (!written && !isNoValue(value))
        report(place, [{ code: 'E3002', message: 'This property is not allowed here.', hint: 'Delete it.' }], 'key');
      return;
    }
    const schema = written.$ref === undefined ? written : resolve(root, written);
    if (isObject(value)) {
      const call = functionOf(value);
      if (call) {
        visitCall(value, call, schema, place);
        return;
      }
    }
    if (!hasType(value, schema)) {
      const wanted = [schema.type].flat().join(' or ');
      const fault = packagedFault(value, root.typeName, place) ?? {
        code: 'E3012',
        message: `${subjectOf(place)} must be ${article(wanted)}, not ${kindOf(value)}.`,
      };
      report(place, [fault], typeof value === 'object' && value !== null ? 'key' : undefined);
      return;
    }
    if (isList(value)) visitList(value, schema, place);
    else if (isObject(value)) visitObject(value, schema, place);
    else if (value !== null) visitScalar(value, schema, place);
    if (schema.allOf || schema.anyOf || schema.oneOf || schema.if || schema.not) combine(value, schema, place);
  }

  /** What a dynamic reference will be is not in the template. */
  function visitScalar(value: Exclude<Json, object | null>, schema: Schema, place: Place): void {
    if (
      typeof value === 'string' &&
      value.includes('{{resolve:') &&
      (schema.pattern ?? schema.enum ?? schema.const) !== undefined
    )
      unknown = true;
    report(place, scalarFaults(value, schema, place));
  }

  function visitCall(value: Json, call: FunctionCall, schema: Schema, place: Place): void {
    if (isNoValue(value)) return;
    const parts = ifParts(value);
    if (parts) {
      choose(parts, schema, place);
      return;
    }
    const fault = combining
      ? undefined
      : (functionFault(model, call, schema) ?? kindFault(model, call, schema, propertyOf(place)));
    if (fault) report(within(place, call.name), [fault]);
    else if (!throughValues(call, schema, place)) unknown = true;
  }

  /** Checks what a function gives. @returns whether all is said of it */
  function throughValues(call: FunctionCall, schema: Schema, place: Place): boolean {
    const given = valuesOf(model, call);
    if (!given || given.all.length === 0) return false;
    const wrong = given.all.flatMap((one) => {
      const [fault] = faultsOf(one.value, schema, place);
      return fault && isLeft(one, place.known) ? [{ ...one, fault }] : [];
    });
    const certain = given.closed && wrong.length > 0 && wrong.length === given.all.length;
    if (certain) report(within(place, call.name), [wrong[0]!.fault]);
    else if (!combining && !trying) for (const one of wrong) findings.push(throughFinding(call, one, place));
    return given.closed && (certain || wrong.length === 0);
  }

  /** Whether the conditions under which a value is used leave a parameter this value. */
  function isLeft({ value, from }: Possible, known: ConditionValues): boolean {
    return !from || isPossible(model, known, { parameter: from.parameter, value: textOf(value) });
  }

  function throughFinding(call: FunctionCall, one: Possible & { readonly fault: Finding }, place: Place): Finding {
    const { fault, from } = one;
    const use = [...pathOf(place), call.name];
    const what = from
      ? `What the parameter ${from.parameter} may be does not fit where it is used`
      : 'What this may give does not fit here';
    return {
      code: THROUGH[call.name] ?? 'W1030',
      message: `${what}: ${fault.message}`,
      path: from?.path ?? use,
      hint: fault.hint,
      ...(from && { related: [{ message: 'It is used here', path: use }] }),
    };
  }

  /** The branches of an Fn::If, without those that what is known of the other conditions excludes. */
  function possibleBranches(parts: IfParts, place: Place): ReturnType<typeof branchesAt> {
    const branches = branchesAt(parts, place);
    return place.known.size === 0 ? branches : branches.filter(([, { known }]) => isPossible(model, known));
  }

  function choose(parts: IfParts, schema: Schema, place: Place): void {
    const branches = possibleBranches(parts, place);
    if (!trying || branches.length === 1) {
      for (const [branch, at] of branches) visit(branch, schema, at);
      return;
    }
    const verdicts = branches.map(([branch, at]) => verdict(branch, schema, at));
    if (verdicts.every((one) => one === 'no')) report(place, [{ code: 'E3017', message: 'Neither branch fits.' }]);
    else if (verdicts.some((one) => one !== 'yes')) unknown = true;
  }

  function visitList(list: readonly Json[], schema: Schema, place: Place): void {
    const { items, prefixItems, contains } = schema;
    report(place, listFaults(list, schema), 'key');
    for (const [index, item] of list.entries()) {
      const own = prefixItems?.[index] ?? items;
      if (own) visit(item, own, within(place, index));
    }
    if (schema.uniqueKeys) report(place, sameKeys(list, schema.uniqueKeys), 'key');
    if (!contains) return;
    const verdicts = list.map((item, index) => verdict(item, contains, within(place, index)));
    if (verdicts.every((one) => one === 'no'))
      report(place, [{ code: 'E3017', message: 'No entry of the list is what one of them must be.' }], 'key');
    else if (!verdicts.includes('yes')) unknown = true;
  }

  function visitObject(object: JsonObject, schema: Schema, place: Place): void {
    const open = isOpen(object);
    if (open) unknown = true;
    for (const key of Object.keys(object)) {
      if (open && (key === 'Fn::Transform' || isLoop(key))) continue;
      const value = object[key]!;
      const property = propertySchema(schema, key);
      if (property === undefined) unknownKey(key, schema, within(place, key));
      else if (property !== true || place.readOnly instanceof Map) visitKey(key, value, property, within(place, key));
      if (schema.propertyNames) {
        const [fault] = faultsOf(key, schema.propertyNames, within(place, key));
        if (fault) report(within(place, key), [fault], 'key');
      }
      const needs = schema.dependencies?.[key];
      if (needs && !Array.isArray(needs)) visit(object, needs as Schema, place);
    }
    if (open || !presenceMatters(schema)) return;
    const ways = keySets(model, object, place.known);
    const faults = new Map(ways.flatMap((keys) => presenceFaults(keys, schema)).map((fault) => [fault.message, fault]));
    for (const { at, ...fault } of faults.values())
      report(at === undefined ? place : within(place, at), [fault], 'key');
  }

  function visitKey(key: string, value: Json, property: Schema | true, place: Place): void {
    if (place.readOnly === true && !combining)
      report(place, [{ code: 'E3040', message: `${key} is read-only: AWS sets it.`, hint: 'Delete it.' }], 'key');
    else visit(value, property, place);
  }

  function unknownKey(key: string, schema: Schema, place: Place): void {
    const names = Object.keys(schema.properties ?? {});
    const hint = didYouMean(key, names, names.length > 0 ? `There are ${names.join(', ')}.` : undefined);
    report(place, [{ code: 'E3002', message: `The property ${key} does not exist here.`, hint }], 'key');
  }

  /** allOf, anyOf, oneOf, if and not: under every way in which the conditions of the value can turn out. */
  function combine(value: Json, schema: Schema, place: Place): void {
    for (const one of schema.allOf ?? []) visit(value, one, place);
    const { anyOf, oneOf, if: when, not } = schema;
    if (typeof value === 'string' && anyOf) {
      const fault = value.includes('{{resolve:') ? undefined : formsFault(value, anyOf, place);
      if (fault) {
        report(place, [fault]);
        return;
      }
    }
    if (!anyOf && !oneOf && !when && !not) return;
    for (const known of waysOf(model, value, place.known)) {
      const here = { ...place, known };
      if (anyOf) alternatives(value, anyOf, here, 'E3017');
      if (oneOf) alternatives(value, oneOf, here, 'E3018');
      if (not && verdict(value, not, here) === 'yes')
        report(here, [{ code: 'E3002', message: 'This may not be so here.' }], 'key');
      const holds = when && verdict(value, when, here);
      const then = holds === 'yes' ? schema.then : holds === 'no' ? schema.else : undefined;
      if (then !== undefined) visit(value, then, here);
      if (holds === 'unknown') unknown = true;
    }
  }

  function alternatives(value: Json, schemas: readonly Schema[], place: Place, code: string): void {
    const verdicts = schemas.map((schema) => verdict(value, schema, place));
    const yes = verdicts.filter((one) => one === 'yes').length;
    const maybe = verdicts.filter((one) => one === 'unknown').length;
    if (yes === 0 && maybe > 0) unknown = true;
    const names = schemas.map(({ required, ...more }) =>
      Object.keys(more).length === 0 ? required?.join(' with ') : undefined,
    );
    const listed = names.every((name) => name !== undefined) ? names.join(', ') : undefined;
    if (code === 'E3018' && yes > 1) {
      const mixed = 'This mixes forms of which only one is possible here.';
      report(place, [{ code, message: listed ? `Only one of ${listed} is possible here.` : mixed }], 'key');
    }
    if (yes + maybe > 0) return;
    const none = 'This fits none of the forms that are possible here.';
    const [nearest] = trying ? [] : nearestFault(value, schemas, place);
    if (nearest) findings.push({ ...nearest, code });
    else report(place, [{ code, message: listed ? `One of ${listed} is needed here.` : none }], 'key');
  }

  /** Where one alternative is plainly meant, what is wrong with it: the faults are deeper than those of the others. */
  function nearestFault(value: Json, schemas: readonly Schema[], place: Place): readonly Finding[] {
    if (typeof value !== 'object' || value === null) return [];
    const depth = pathOf(place).length;
    const tries = schemas.map((schema) => faultsOf(value, schema, place));
    const deep = tries.filter(
      (faults) => faults.length > 0 && faults.every(({ path, code }) => path.length > depth && code !== 'E3002'),
    );
    const misspelt = tries.filter((faults) => faults.length > 0 && faults.every(({ path }) => path.length > depth));
    const [only, more] = deep.length > 0 ? deep : misspelt;
    return only && !more ? only : [];
  }

  /** What is wrong with a value, without reporting it. */
  function faultsOf(value: Json, schema: Schema, place: Place): readonly Finding[] {
    const [before, wasUnknown, wasTrying] = [findings.length, unknown, trying];
    trying = false;
    visit(value, schema, place);
    [unknown, trying] = [wasUnknown, wasTrying];
    return findings.splice(before);
  }

  function verdict(value: Json, schema: Schema, place: Place): Verdict {
    const [before, wasUnknown, wasTrying] = [findings.length, unknown, trying];
    [unknown, trying] = [false, true];
    visit(value, schema, place);
    const found = findings.length > before;
    findings.length = before;
    const result = found ? 'no' : unknown ? 'unknown' : 'yes';
    [unknown, trying] = [wasUnknown, wasTrying];
    return result;
  }

  /** One of cfn-lint's rules, at each place that it is about. */
  function combination(value: Json, one: Combination, place: Place, depth = 0): void {
    const { code, at, schema } = one;
    const key = at[depth];
    if (key === undefined) {
      combining = true;
      const found = faultsOf(value, schema, place);
      combining = false;
      findings.push(...found.map((fault) => ({ ...fault, code })));
      return;
    }
    const parts = ifParts(value);
    if (parts) {
      for (const [branch, inner] of possibleBranches(parts, place)) combination(branch, one, inner, depth);
    } else if (key === '*' && isList(value)) {
      for (const [index, item] of value.entries()) combination(item, one, within(place, index), depth + 1);
    } else if (isObject(value) && has(value, key)) {
      combination(value[key]!, one, within(place, key), depth + 1);
    }
  }

  return { findings, visit, combination };
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
