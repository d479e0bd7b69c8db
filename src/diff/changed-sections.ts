import { isObject, type JsonObject } from '../document/intrinsics.ts';
import type { Json } from '../document/template-document.ts';
import { changesBetween, isSame } from './compare-values.ts';
import { shortValue } from './short-value.ts';
import type { EntryChange } from './template-diff.ts';

/** The entries of a section that differ, in the order of the new template; those that are gone come last. */
export function changedEntries(before: JsonObject, after: JsonObject): EntryChange[] {
  const entry = (name: string, action: EntryChange['action']): EntryChange => ({
    name,
    action,
    changes: action === 'change' ? changesBetween(before[name], after[name]) : [],
  });
  return [
    ...Object.keys(after).flatMap((name) => {
      if (!Object.hasOwn(before, name)) return [entry(name, 'add')];
      return isSame(before[name], after[name]) ? [] : [entry(name, 'change')];
    }),
    ...Object.keys(before).flatMap((name) => (Object.hasOwn(after, name) ? [] : [entry(name, 'remove')])),
  ];
}

/** Parameters that differ, with what whoever updates a stack has to know of each. */
export function changedParameters(before: JsonObject, after: JsonObject): EntryChange[] {
  return changedEntries(before, after).map((entry) => {
    const note = parameterNote(entry, after[entry.name]);
    return note === undefined ? entry : { ...entry, note };
  });
}

function parameterNote({ action, changes }: EntryChange, after: Json | undefined): string | undefined {
  const hasDefault = isObject(after) && Object.hasOwn(after, 'Default');
  if (action === 'add')
    return hasDefault
      ? `Its default is ${shortValue(after['Default'])}.`
      : 'It has no default: the update must give it.';
  if (action === 'change' && changes.some(({ path }) => path[0] === 'Default'))
    return 'A stack that is updated keeps the value that it has.';
  return undefined;
}

/** Outputs that differ; one that other stacks may import is said to be so. */
export function changedOutputs(before: JsonObject, after: JsonObject): EntryChange[] {
  return changedEntries(before, after).map((entry) => {
    const old = before[entry.name];
    const exported = isObject(old) && Object.hasOwn(old, 'Export');
    const isTouched = entry.action === 'remove' || entry.changes.some(({ path }) => path[0] !== 'Description');
    return exported && isTouched
      ? { ...entry, note: 'CloudFormation refuses this while another stack imports it.' }
      : entry;
  });
}

/**
 * The names of conditions that may turn out otherwise: their own text differs, or that of what they are made of.
 * @param after the conditions of the new template
 * @param conditions, mappings those that differ
 */
export function affectedConditions(
  after: JsonObject,
  conditions: readonly EntryChange[],
  mappings: ReadonlySet<string>,
): ReadonlySet<string> {
  const affected = new Set(conditions.map(({ name }) => name));
  let size = -1;
  while (size < affected.size) {
    size = affected.size;
    for (const [name, value] of Object.entries(after)) if (names(value, affected, mappings)) affected.add(name);
  }
  return affected;
}

/** Whether a condition's text names one of the conditions, or looks into one of the mappings. */
function names(value: Json, conditions: ReadonlySet<string>, mappings: ReadonlySet<string>): boolean {
  if (Array.isArray(value)) return value.some((item: Json) => names(item, conditions, mappings));
  if (!isObject(value)) return false;
  const { Condition: condition, 'Fn::FindInMap': found } = value;
  if (typeof condition === 'string' && conditions.has(condition)) return true;
  if (Array.isArray(found) && typeof found[0] === 'string' && mappings.has(found[0])) return true;
  return Object.values(value).some((inner) => names(inner, conditions, mappings));
}

/** Names of sections without entries that differ. */
export function changedOthers(before: JsonObject, after: JsonObject): string[] {
  const entries = new Set(['Resources', 'Parameters', 'Outputs', 'Conditions', 'Mappings', 'Rules']);
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => !entries.has(name) && !isSame(before[name], after[name]),
  );
}
