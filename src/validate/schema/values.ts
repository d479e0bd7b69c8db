import type { Path } from '../../diagnostics/diagnostic.ts';
import {
  type FunctionCall,
  functionOf,
  has,
  isList,
  isNoValue,
  isObject,
  ownEntry,
  subVariables,
  textOf,
} from '../../document/intrinsics.ts';
import { isListType } from '../../document/parameter-value.ts';
import type { Json } from '../../document/template-document.ts';
import { memo } from '../model/memo.ts';
import { type Model, objectAt } from '../model/model.ts';

/** Which parameter a value comes by, and where it is written. */
export interface Origin {
  readonly parameter: string;
  readonly path: Path;
}

/** A value that a function can give. */
export interface Possible {
  readonly value: Json;
  /** Where it comes from, where that is not the function itself. */
  readonly from?: Origin;
}

/** What a function can give, as far as the template says it. */
export interface Possibilities {
  readonly all: readonly Possible[];
  /** Whether it gives nothing else: a parameter that has a default alone may be given anything. */
  readonly closed: boolean;
}

/** Above this many values nothing is claimed. */
const MAX_VALUES = 64;

/**
 * The values that a function gives where they are written in the template: defaults and allowed values of parameters,
 * mappings, Fn::Sub and Fn::Join of what is known, Fn::Select and Fn::Split of such.
 * @returns undefined where the template does not say it
 */
export function valuesOf(model: Model, { name, argument }: FunctionCall): Possibilities | undefined {
  return GIVERS[name]?.(model, argument);
}

const GIVERS: Readonly<Record<string, (model: Model, argument: Json) => Possibilities | undefined>> = {
  Ref: (model, argument) => (typeof argument === 'string' ? ofParameter(model, argument) : undefined),
  'Fn::FindInMap': (model, argument) => (isList(argument) ? ofMapping(model, argument) : undefined),
  'Fn::Sub': (model, argument) => ofSub(model, argument),
  'Fn::Join': (model, argument) => {
    const [between, parts] = isList(argument) ? argument : [];
    if (typeof between !== 'string' || !isList(parts)) return undefined;
    return combined(model, parts, (values) => values.map(textOf).join(between));
  },
  'Fn::Select': (model, argument) => {
    const [index, list] = isList(argument) ? argument : [];
    const at = Number(textOf(index));
    if (typeof index === 'object' || index === undefined || !Number.isInteger(at)) return undefined;
    if (isList(list)) return list[at] === undefined ? undefined : known(model, list[at]);
    return mapped(list === undefined ? undefined : known(model, list), (value) =>
      isList(value) ? value[at] : undefined,
    );
  },
  'Fn::Split': (model, argument) => {
    const [between, text] = isList(argument) ? argument : [];
    if (typeof between !== 'string' || between === '' || text === undefined) return undefined;
    return mapped(known(model, text), (value) => (typeof value === 'string' ? value.split(between) : undefined));
  },
};

/** What a value is: itself, or what its function gives. */
function known(model: Model, value: Json): Possibilities | undefined {
  if (typeof value !== 'object' || value === null) return { all: [{ value }], closed: true };
  if (isList(value))
    return value.every((item) => typeof item !== 'object') ? { all: [{ value }], closed: true } : undefined;
  const call = functionOf(value);
  return call && valuesOf(model, call);
}

function mapped(
  given: Possibilities | undefined,
  change: (value: Json) => Json | undefined,
): Possibilities | undefined {
  if (!given) return undefined;
  const all = given.all.flatMap((one) => {
    const value = change(one.value);
    return value === undefined ? [] : [{ ...one, value }];
  });
  return all.length === given.all.length ? { ...given, all } : undefined;
}

function ofParameter({ parameters }: Model, name: string): Possibilities | undefined {
  const parameter = ownEntry(parameters, name);
  if (!isObject(parameter)) return undefined;
  const { Type, Default, AllowedValues } = parameter;
  // Of a parameter of Systems Manager the template has the name, not the value.
  if (typeof Type !== 'string' || Type.startsWith('AWS::SSM::Parameter::Value<')) return undefined;
  // What nobody may see appears in no finding.
  if (textOf(parameter['NoEcho']) === 'true') return undefined;
  const list = isListType(Type);
  const from = (...path: readonly (string | number)[]): Origin => ({
    parameter: name,
    path: ['Parameters', name, ...path],
  });
  if (isList(AllowedValues) && !list) {
    if (AllowedValues.length > MAX_VALUES) return undefined;
    return { all: AllowedValues.map((value, index) => ({ value, from: from('AllowedValues', index) })), closed: true };
  }
  // An empty default says that a value must be given.
  if (Default === undefined || typeof Default === 'object' || Default === '') return undefined;
  const value = list
    ? textOf(Default)
        .split(',')
        .map((part) => part.trim())
    : Default;
  return { all: [{ value, from: from('Default') }], closed: false };
}

/** What lookups give, by what they ask for: a large mapping may be asked thousands of times. */
const lookedUp = memo(() => new Map<string, Possibilities | undefined>());

function ofMapping(model: Model, [name, row, column, fallback]: readonly Json[]): Possibilities | undefined {
  if (typeof name !== 'string' || fallback !== undefined || row === undefined || column === undefined) return undefined;
  const asked = JSON.stringify([name, ...[row, column].map((one) => (typeof one === 'object' ? null : textOf(one)))]);
  const before = lookedUp(model);
  if (!before.has(asked)) before.set(asked, valuesIn(model, name, row, column));
  return before.get(asked);
}

function valuesIn(model: Model, name: string, row: Json, column: Json): Possibilities | undefined {
  const mapping = objectAt(model.mappings, name);
  const rows = keysOf(row, mapping);
  const all = rows.flatMap((key) => {
    const line = objectAt(mapping, key);
    return keysOf(column, line).flatMap((inner) => (has(line, inner) ? [{ value: line[inner]! }] : []));
  });
  return all.length === 0 || all.length > MAX_VALUES ? undefined : { all, closed: true };
}

/** The keys of a mapping that an argument can mean: the one it names, or any. */
function keysOf(argument: Json, mapping: { readonly [key: string]: Json }): readonly string[] {
  return typeof argument === 'object' ? Object.keys(mapping) : [textOf(argument)];
}

function ofSub(model: Model, argument: Json): Possibilities | undefined {
  const [text, given] = isList(argument) ? argument : [argument];
  if (typeof text !== 'string') return undefined;
  const variables = [...new Set(subVariables(text))];
  const own = isObject(given) ? given : {};
  return combined(
    model,
    variables.map((name) => (has(own, name) ? own[name]! : { Ref: name })),
    (values) => filledIn(text, new Map(variables.map((name, index) => [name, textOf(values[index])]))),
  );
}

/** The text of a Fn::Sub with its variables replaced; `${!A}` becomes `${A}`. */
function filledIn(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(/\$\{([^}]*)\}/g, (written, name: string) => {
    if (name.trim().startsWith('!')) return `\${${name.trim().slice(1)}}`;
    return values.get(name.trim()) ?? written;
  });
}

/** What is made of several values, for each way in which they can be. */
function combined(
  model: Model,
  parts: readonly Json[],
  make: (values: readonly Json[]) => Json,
): Possibilities | undefined {
  let ways: readonly { readonly values: readonly Json[]; readonly from?: Origin }[] = [{ values: [] }];
  let closed = true;
  for (const part of parts) {
    if (isNoValue(part)) continue;
    const given = known(model, part);
    if (
      !given ||
      ways.length * given.all.length > MAX_VALUES ||
      given.all.some(({ value }) => typeof value === 'object')
    )
      return undefined;
    closed &&= given.closed;
    ways = ways.flatMap(({ values, from: before }) =>
      given.all.map(({ value, from = before }) => ({ values: [...values, value], ...(from && { from }) })),
    );
  }
  return { all: ways.map(({ values, from }) => ({ value: make(values), ...(from && { from }) })), closed };
}
