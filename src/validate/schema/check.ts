import type { Path } from '../../diagnostics/diagnostic.ts';
import {
  type FunctionCall,
  functionOf,
  has,
  ifParts,
  isList,
  isNoValue,
  isObject,
  type JsonObject,
} from '../../document/intrinsics.ts';
import { kindOf } from '../../document/kind.ts';
import type { Json } from '../../document/template-document.ts';
import { type ConditionValues, outcomes } from '../model/conditions.ts';
import type { Finding } from '../model/finding.ts';
import { type Model, objectAt } from '../model/model.ts';
import { didYouMean } from '../model/shape.ts';
import { functionFault } from './function-types.ts';
import { formsFault, hasType, type SchemaFault, scalarFaults } from './keywords.ts';
import { kindFault } from './kinds.ts';
import { matches } from './patterns.ts';
import { type Place, pathOf, propertyOf, readOnlyTree, within } from './place.ts';
import { listFaults, presenceFaults } from './presence.ts';
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
  template: Model,
  root: ResourceSchema,
  properties: Json,
  path: Path,
  known: ConditionValues,
): readonly Finding[] {
  const readOnly = readOnlyTrees.get(root) ?? readOnlyTree(readOnlyOf(root));
  readOnlyTrees.set(root, readOnly);
  const top: Place = { around: path.slice(0, -1), key: path.at(-1) ?? '', known, readOnly };
  const walk = walker(template, root);
  walk.visit(properties, root, top);
  for (const combination of root.combinations ?? []) walk.combination(properties, combination, top);
  return walk.findings;
}

/** Three types say of a property that it is set at creation, or must be, and that it is read-only: then it is not. */
function readOnlyOf({
  readOnlyProperties = [],
  createOnlyProperties = [],
  required = [],
}: ResourceSchema): readonly string[] {
  const settable = new Set([...createOnlyProperties, ...required.map((name) => `/properties/${name}`)]);
  return readOnlyProperties.filter((pointer) => !settable.has(pointer));
}

function walker(template: Model, root: ResourceSchema) {
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
        message: `The value must be ${article(wanted)}, not ${kindOf(value)}.`,
      };
      report(place, [fault], typeof value === 'object' && value !== null ? 'key' : undefined);
      return;
    }
    if (isList(value)) visitList(value, schema, place);
    else if (isObject(value)) visitObject(value, schema, place);
    else if (value !== null) report(place, scalarFaults(value, schema));
    if (schema.allOf || schema.anyOf || schema.oneOf || schema.if || schema.not) combine(value, schema, place);
  }

  function visitCall(value: Json, call: FunctionCall, schema: Schema, place: Place): void {
    if (isNoValue(value)) return;
    const branches = ifParts(value);
    if (branches) {
      choose(branches, schema, place);
      return;
    }
    const fault = combining
      ? undefined
      : (functionFault(template, call, schema) ?? kindFault(template, call, schema, propertyOf(place)));
    if (fault) report(within(place, call.name), [fault]);
    else if (!throughValues(call, schema, place)) unknown = true;
  }

  /** Checks what a function gives. @returns whether all is said of it */
  function throughValues(call: FunctionCall, schema: Schema, place: Place): boolean {
    const given = valuesOf(template, call);
    if (!given || given.all.length === 0) return false;
    const wrong = given.all.flatMap((one) => {
      const [fault] = faultsOf(one.value, schema, place);
      return fault && isPossible(one, place.known) ? [{ ...one, fault }] : [];
    });
    const certain = given.closed && wrong.length > 0 && wrong.length === given.all.length;
    if (certain) report(within(place, call.name), [wrong[0]!.fault]);
    else if (!combining && !trying) for (const one of wrong) findings.push(throughFinding(call, one, place));
    return given.closed && (certain || wrong.length === 0);
  }

  /** Whether the conditions under which a value is used leave a parameter this value. */
  function isPossible({ value, from }: Possible, known: ConditionValues): boolean {
    if (!from || known.size === 0) return true;
    const { parameters, conditions } = template;
    const set = { ...objectAt(parameters, from.parameter), AllowedValues: [value] };
    const fixed = { ...template, conditions: { ...conditions }, parameters: { ...parameters, [from.parameter]: set } };
    return outcomes(fixed, [], known)?.length !== 0;
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

  function choose([name, then, otherwise]: readonly [string, Json, Json], schema: Schema, place: Place): void {
    const branches = (
      [
        [1, then, true],
        [2, otherwise, false],
      ] as const
    ).filter(([, , outcome]) => (place.known.get(name) ?? outcome) === outcome);
    const inner = ([index, , outcome]: (typeof branches)[number]): Place => ({
      ...place,
      around: within(place, 'Fn::If'),
      key: index,
      known: new Map([...place.known, [name, outcome]]),
    });
    if (!trying || branches.length === 1) {
      for (const branch of branches) visit(branch[1], schema, inner(branch));
      return;
    }
    const verdicts = branches.map((branch) => verdict(branch[1], schema, inner(branch)));
    if (verdicts.every((one) => one === 'no')) report(place, [{ code: 'E3017', message: 'Neither branch fits.' }]);
    else if (verdicts.some((one) => one !== 'yes')) unknown = true;
  }

  function visitList(list: readonly Json[], schema: Schema, place: Place): void {
    const { items, prefixItems, contains } = schema;
    if (
      schema.minItems !== undefined ||
      schema.maxItems !== undefined ||
      schema.uniqueItems ||
      schema.maxUniqueItems !== undefined
    )
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
    for (const key of Object.keys(object)) {
      const value = object[key]!;
      const property = propertySchema(schema, key);
      if (property === undefined) unknownKey(key, schema, within(place, key));
      else if (property !== true || place.readOnly instanceof Map) visitKey(key, value, property, within(place, key));
      if (schema.propertyNames) {
        const [fault] = faultsOf(key, schema.propertyNames, place);
        if (fault) report(within(place, key), [fault], 'key');
      }
      const needs = schema.dependencies?.[key];
      if (needs && !Array.isArray(needs)) visit(object, needs as Schema, place);
    }
    if (!presenceMatters(schema)) return;
    const ways = keySets(template, object, place.known);
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
      const fault = value.includes('{{resolve:') ? undefined : formsFault(value, anyOf);
      if (fault) {
        report(place, [fault]);
        return;
      }
    }
    if (!anyOf && !oneOf && !when && !not) return;
    for (const known of waysOf(template, value, place.known)) {
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
  function combination(value: Json, { code, at, schema }: Combination, place: Place): void {
    const [key, ...rest] = at;
    if (key === undefined) {
      combining = true;
      const found = faultsOf(value, schema, place);
      combining = false;
      findings.push(...found.map((one) => ({ ...one, code })));
      return;
    }
    const branches = ifParts(value);
    if (branches) {
      const [name, then, otherwise] = branches;
      for (const [index, branch, outcome] of [
        [1, then, true],
        [2, otherwise, false],
      ] as const) {
        if ((place.known.get(name) ?? outcome) !== outcome) continue;
        const known = new Map([...place.known, [name, outcome]]);
        combination(branch, { code, at, schema }, { around: within(place, 'Fn::If'), key: index, known });
      }
    } else if (key === '*' && isList(value)) {
      for (const [index, item] of value.entries()) combination(item, { code, at: rest, schema }, within(place, index));
    } else if (isObject(value) && has(value, key)) {
      combination(value[key]!, { code, at: rest, schema }, within(place, key));
    }
  }

  return { findings, visit, combination };
}

/** Properties whose file `aws cloudformation package` uploads: its path stands for them until then. */
const PACKAGED: ReadonlySet<string> = new Set([
  'AWS::ApiGateway::RestApi BodyS3Location',
  'AWS::ElasticBeanstalk::ApplicationVersion SourceBundle',
  'AWS::Lambda::Function Code',
  'AWS::Lambda::LayerVersion Content',
  'AWS::StepFunctions::StateMachine DefinitionS3Location',
]);

function packagedFault(value: Json, type: string, place: Place): SchemaFault | undefined {
  if (typeof value !== 'string' || !PACKAGED.has(`${type} ${place.key}`)) return undefined;
  return {
    code: 'W3002',
    message: `This is a path: only the command aws cloudformation package makes ${place.key} of it.`,
    hint: 'Run that command, and deploy what it writes.',
  };
}

/** Entries of which two have the same values of some keys. */
function sameKeys(list: readonly Json[], keys: readonly string[]): readonly SchemaFault[] {
  const seen = new Set<string>();
  for (const item of list) {
    const values = keys.map((key) => (isObject(item) ? item[key] : undefined));
    if (values.some((value) => value === undefined || typeof value === 'object')) continue;
    const text = JSON.stringify(values);
    if (seen.has(text))
      return [{ code: 'E3037', message: `The list has two entries with the same ${keys.join(' and ')}.` }];
    seen.add(text);
  }
  return [];
}

function presenceMatters(schema: Schema): boolean {
  return (
    (schema.required !== undefined && schema.required.length > 0) ||
    schema.requiredOr !== undefined ||
    schema.requiredXor !== undefined ||
    schema.dependentRequired !== undefined ||
    schema.dependentExcluded !== undefined ||
    schema.dependencies !== undefined ||
    schema.minProperties !== undefined ||
    schema.maxProperties !== undefined
  );
}

/** The schema of a property: `true` where anything may be, undefined where the property may not be there. */
function propertySchema(schema: Schema, key: string): Schema | true | undefined {
  const { properties, patternProperties, additionalProperties } = schema;
  if (properties && has(properties, key)) return properties[key] || undefined;
  for (const [pattern, one] of Object.entries(patternProperties ?? {}))
    if (matches(pattern, key)) return one || undefined;
  if (additionalProperties === undefined) return schema.type === 'object' && properties ? undefined : true;
  return additionalProperties || undefined;
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
