import { isList, isObject, type JsonObject, textOf } from '../../document/intrinsics.ts';
import { constraintFault, isListType } from '../../document/parameter-value.ts';
import { matchesQuickly } from '../../document/pattern-match.ts';
import type { Json } from '../../document/template-document.ts';

/** The texts that something may be. */
export interface PossibleTexts {
  /** All of them, where the template says so. */
  readonly all?: readonly string[];
  readonly mayBe: (text: string) => boolean;
}

/** Longer lists of allowed values are not gone through one by one. */
const MAX_LISTED = 100;

const ANYTHING: PossibleTexts = { mayBe: () => true };

/** What the template lets a parameter be. Of one that Systems Manager looks up, it says only the name. */
export function domainOf(parameter: Json | undefined): PossibleTexts {
  if (!isObject(parameter)) return ANYTHING;
  const { Type, AllowedValues } = parameter;
  if (typeof Type !== 'string' || isListType(Type) || Type.startsWith('AWS::SSM::')) return ANYTHING;
  const mayBe = (text: string): boolean => constraintFault(parameter, text, { matches: matchesQuickly }) === undefined;
  if (!isList(AllowedValues) || AllowedValues.length > MAX_LISTED) return { mayBe };
  return { mayBe, all: [...new Set(AllowedValues.map(textOf))].filter(mayBe) };
}

/** The name of the parameter, or pseudo parameter, that a value is. */
export function parameterOf(value: Json | undefined): string | undefined {
  if (!isObject(value)) return undefined;
  const { Ref: name, 'Fn::Sub': text } = value;
  if (typeof name === 'string') return name;
  return typeof text === 'string' ? /^\$\{([A-Za-z0-9:]+)\}$/.exec(text)?.[1] : undefined;
}

/** The values of a mapping's keys that a Fn::FindInMap with one parameter in it can give, by what the parameter is. */
export function lookedUp(
  mappings: JsonObject,
  argument: Json,
): { readonly parameter: string; readonly results: ReadonlyMap<string, string> } | undefined {
  const [name, row, column, ...more] = isList(argument) ? argument : [];
  const mapping = typeof name === 'string' ? mappings[name] : undefined;
  if (!isObject(mapping) || row === undefined || column === undefined || more.length > 0) return undefined;
  const byRow = parameterOf(row);
  const parameter = byRow ?? parameterOf(column);
  const fixed = byRow === undefined ? row : column;
  if (parameter === undefined || typeof fixed === 'object') return undefined;
  const line = mapping[textOf(fixed)];
  const cells = byRow === undefined ? (isObject(line) ? line : {}) : columnOf(mapping, textOf(fixed));
  const results = new Map<string, string>();
  for (const [key, cell] of Object.entries(cells)) {
    if (typeof cell === 'object' || key.startsWith('Fn::')) return undefined;
    results.set(key, textOf(cell));
  }
  return results.size > MAX_LISTED ? undefined : { parameter, results };
}

/** The values of one second key, by the first. */
function columnOf(mapping: JsonObject, column: string): JsonObject {
  const rows = Object.entries(mapping).flatMap(([row, line]) => {
    const cell = isObject(line) ? line[column] : row.startsWith('Fn::') ? {} : undefined;
    return cell === undefined ? [] : [[row, cell] as const];
  });
  return Object.fromEntries(rows);
}
