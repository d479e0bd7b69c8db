import type { Path } from '../../diagnostics/diagnostic.ts';
import { has, isList, isObject, type JsonObject, textOf } from '../../document/intrinsics.ts';
import { isListType } from '../../document/parameter-value.ts';
import type { Json } from '../../document/template-document.ts';

/** A template with what the loops `Fn::ForEach` of AWS::LanguageExtensions make instead of them. */
export interface Unrolled {
  readonly root: JsonObject;
  /** Where something of the unrolled template is written. */
  readonly original: (path: Path) => Path;
  /** What the loops go through: the parameters and mappings in it are used. */
  readonly collections: readonly Json[];
  /** Which names a section may have besides: those of loops whose turns are not all in the template. */
  readonly mayName: (section: string, name: string) => boolean;
}

/** What a loop goes through; `open` where it may be something else when a stack is made. */
interface Turns {
  readonly items: readonly string[];
  readonly open: boolean;
}

/** What the variables of loops are in one turn. */
type Turn = ReadonlyMap<string, string>;

/** More than these keys are not made: the other loops stay as they are, and nobody knows what they make. */
const MAX_MADE = 2000;

/** Whether a key is a loop. */
export function isLoop(key: string): boolean {
  return key.startsWith('Fn::ForEach::');
}

/** Name, collection and body of a loop; undefined where it has not got these. */
export function loopParts(value: Json | undefined): readonly [name: string, over: Json, body: JsonObject] | undefined {
  if (!isList(value) || value.length !== 3) return undefined;
  const [name, over, body] = value;
  return typeof name === 'string' && over !== undefined && isObject(body) ? [name, over, body] : undefined;
}

/** Unrolls the loops of a template: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-foreach.html */
export function unroll(written: JsonObject): Unrolled {
  const origins = new WeakMap<object, ReadonlyMap<string, Path>>();
  const names: { readonly section: string; readonly pattern: RegExp }[] = [];
  const collections: Json[] = [];
  let made = 0;

  function visit(value: Json, path: Path): Json {
    if (isList(value)) {
      const items = value.map((item, index) => visit(item, [...path, index]));
      return items.every((item, index) => item === value[index]) ? value : items;
    }
    if (!isObject(value)) return value;
    if (Object.keys(value).some(isLoop)) return unrolled(value, path);
    const entries = Object.entries(value).map(([key, item]) => [key, visit(item, [...path, key])] as const);
    return entries.every(([key, item]) => item === value[key]) ? value : Object.fromEntries(entries);
  }

  function unrolled(object: JsonObject, path: Path): JsonObject {
    const result: Record<string, Json> = {};
    const from = new Map<string, Path>();
    for (const [key, value, origin] of entriesOf(object, path)) {
      if (has(result, key)) continue;
      result[key] = isLoop(key) ? value : visit(value, [...path, key]);
      from.set(key, origin);
    }
    origins.set(result, from);
    return result;
  }

  /** The entries of a mapping with those that loops make, and where they are written. */
  function* entriesOf(
    object: JsonObject,
    path: Path,
    turn: Turn = new Map(),
  ): Generator<readonly [key: string, value: Json, origin: Path]> {
    for (const [key, value] of Object.entries(object)) {
      const parts = isLoop(key) ? loopParts(value) : undefined;
      const over = parts && replaced(parts[1], turn);
      const turns = over === undefined ? undefined : turnsOf(over, written);
      if (parts) collections.push(parts[1]);
      if (parts && (!turns || turns.open) && path.length === 1) noteNames(String(path[0]), parts[2]);
      if (!parts || !turns || made > MAX_MADE) {
        if (turn.size > 0) made++;
        yield [filled(key, turn), replaced(value, turn), [key]];
        continue;
      }
      const [name, , body] = parts;
      for (const item of turns.items)
        for (const [inner, innerValue, origin] of entriesOf(body, path, new Map([...turn, [name, item]])))
          yield [inner, innerValue, [key, 2, ...origin]];
    }
  }

  function noteNames(section: string, body: JsonObject): void {
    for (const [key, value] of Object.entries(body)) {
      const inner = isLoop(key) ? loopParts(value)?.[2] : undefined;
      if (inner) noteNames(section, inner);
      const parts = key.split(/[$&]\{[^}]*\}/).map((part) => part.replace(/[^a-zA-Z0-9]/g, ''));
      names.push({ section, pattern: new RegExp(`^${parts.join('.*')}$`) });
    }
  }

  function original(path: Path): Path {
    const written: (string | number)[] = [];
    let value: Json | undefined = root;
    for (const key of path) {
      const origin = isObject(value) ? origins.get(value)?.get(String(key)) : undefined;
      written.push(...(origin ?? [key]));
      value = (value as { readonly [key: string | number]: Json } | undefined | null)?.[key];
    }
    return written;
  }

  const root = visit(written, []) as JsonObject;
  return {
    root,
    original,
    collections,
    mayName: (section, name) => names.some((one) => one.section === section && one.pattern.test(name)),
  };
}

/** A text with the variables of loops filled in; `&{Name}` leaves out what names cannot have. */
function filled(text: string, turn: Turn): string {
  let result = text;
  for (const [name, item] of turn)
    result = result
      .replaceAll(`\${${name}}`, () => item)
      .replaceAll(`&{${name}}`, () => item.replace(/[^a-zA-Z0-9]/g, ''));
  return result;
}

/** The same, in each text and key of a value; Ref of a variable is the item. */
function replaced(value: Json, turn: Turn): Json {
  if (turn.size === 0) return value;
  if (typeof value === 'string') return filled(value, turn);
  if (isList(value)) return value.map((one) => replaced(one, turn));
  if (!isObject(value)) return value;
  const item = Object.keys(value).length === 1 ? turn.get(textOf(value['Ref'])) : undefined;
  if (item !== undefined) return item;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [filled(key, turn), replaced(one, turn)]));
}

/** What a collection is: a list, the default of a parameter, or an entry of a mapping. */
function turnsOf(over: Json, root: JsonObject): Turns | undefined {
  if (isList(over)) {
    const each = over.map((item) =>
      typeof item === 'object' ? turnsOf(item, root) : { items: [textOf(item)], open: false },
    );
    if (!each.every((one) => one !== undefined)) return undefined;
    return { items: each.flatMap(({ items }) => items), open: each.some(({ open }) => open) };
  }
  if (!isObject(over)) return undefined;
  const { Ref: name, 'Fn::FindInMap': find } = over;
  if (typeof name === 'string') return turnsOfParameter(at(at(root, 'Parameters'), name));
  const [mapping, row, column] = isList(find) ? find : [];
  if (typeof mapping !== 'string' || row === undefined || column === undefined) return undefined;
  return turnsOfMapping(at(at(root, 'Mappings'), mapping), row, column);
}

function turnsOfParameter(parameter: Json | undefined): Turns | undefined {
  const { Type, Default } = isObject(parameter) ? parameter : {};
  if (typeof Type !== 'string' || Type.startsWith('AWS::SSM::')) return undefined;
  if (Default === undefined || typeof Default === 'object' || Default === '') return undefined;
  const text = textOf(Default);
  return { items: isListType(Type) ? text.split(',').map((one) => one.trim()) : [text], open: true };
}

/** The list at two keys; where a key is computed, the first one there is. */
function turnsOfMapping(mapping: Json | undefined, row: Json, column: Json): Turns | undefined {
  const open = typeof row === 'object' || typeof column === 'object';
  const line = typeof row === 'object' ? Object.values(isObject(mapping) ? mapping : {})[0] : at(mapping, textOf(row));
  const list = typeof column === 'object' ? Object.values(isObject(line) ? line : {})[0] : at(line, textOf(column));
  return isList(list) ? { items: list.map(textOf), open } : undefined;
}

function at(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) && has(value, key) ? value[key] : undefined;
}
