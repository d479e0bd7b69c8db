import { ifParts, isNoValue, isObject } from '../../document/intrinsics.ts';
import type { Json } from '../../document/template-document.ts';
import type { SchemaFault } from './keywords.ts';
import type { Schema } from './schema.ts';

/** What is wrong with the set of keys that an object has. */
export function presenceFaults(keys: ReadonlySet<string>, schema: Schema): readonly SchemaFault[] {
  const faults: SchemaFault[] = [];
  for (const key of schema.required ?? [])
    if (!keys.has(key)) faults.push({ code: 'E3003', message: `The property ${key} is missing.`, hint: `Add ${key}.` });
  if (schema.requiredOr && !schema.requiredOr.some((key) => keys.has(key)))
    faults.push({ code: 'E3058', message: `At least one of ${schema.requiredOr.join(', ')} is needed.` });
  const given = schema.requiredXor?.filter((key) => keys.has(key));
  if (schema.requiredXor && given?.length !== 1)
    faults.push({
      code: 'E3014',
      message: `Exactly one of ${schema.requiredXor.join(', ')} is needed.`,
      at: [...keys].findLast((key) => given?.includes(key)),
    });
  for (const [key, others] of needed(schema))
    for (const other of keys.has(key) ? others : [])
      if (!keys.has(other))
        faults.push({ code: 'E3021', message: `${key} needs ${other} beside it.`, hint: `Add ${other}.` });
  for (const [key, others] of Object.entries(schema.dependentExcluded ?? {}))
    for (const other of keys.has(key) ? others : [])
      if (keys.has(other) && !faults.some(({ code, at }) => code === 'E3020' && (at === key || at === other)))
        faults.push({
          code: 'E3020',
          message: `${[key, other].sort().join(' and ')} exclude each other.`,
          hint: 'Delete one.',
          at: other,
        });
  const { minProperties = 0, maxProperties = Infinity } = schema;
  if (keys.size < minProperties)
    faults.push({ code: 'E3032', message: `There are ${keys.size} keys here; ${minProperties} are needed.` });
  if (keys.size > maxProperties)
    faults.push({ code: 'E3032', message: `There are ${keys.size} keys here; there may be ${maxProperties}.` });
  return faults;
}

/** Whether a schema says anything of which keys there are: to know these costs more than to ask. */
export function presenceMatters(schema: Schema): boolean {
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

/** Keys that a key needs: `dependentRequired`, and `dependencies` of draft 7 where they do not give a schema. */
function needed({ dependentRequired, dependencies }: Schema): readonly (readonly [string, readonly string[]])[] {
  if (!dependentRequired && !dependencies) return [];
  const listed = Object.entries(dependencies ?? {});
  return [
    ...Object.entries(dependentRequired ?? {}),
    ...listed.flatMap(([key, others]) => (isNames(others) ? [[key, others] as const] : [])),
  ];
}

function isNames(others: readonly string[] | Schema): others is readonly string[] {
  return Array.isArray(others);
}

/** What is wrong with a list as a whole: its length, or entries that appear twice. */
export function listFaults(list: readonly Json[], schema: Schema): readonly SchemaFault[] {
  const { minItems = 0, maxItems = Infinity, uniqueItems, maxUniqueItems = Infinity } = schema;
  if (minItems === 0 && maxItems === Infinity && !uniqueItems && maxUniqueItems === Infinity) return [];
  const faults: SchemaFault[] = [];
  const possible = list.filter((item) => !isNoValue(item));
  const certain = possible.filter(
    (item) =>
      !ifParts(item)
        ?.slice(1)
        .some((branch) => isNoValue(branch as Json)),
  );
  if (possible.length < minItems)
    faults.push({ code: 'E3032', message: `The list has ${possible.length} entries; it needs ${minItems}.` });
  if (certain.length > maxItems)
    faults.push({ code: 'E3032', message: `The list has ${certain.length} entries; it may have ${maxItems}.` });
  const distinct = uniqueItems || maxUniqueItems < Infinity ? new Set(possible.map(canonical)).size : 0;
  if (uniqueItems && distinct < possible.length)
    faults.push({ code: 'E3037', message: 'The list has the same entry twice.' });
  if (distinct > maxUniqueItems)
    faults.push({
      code: 'E3065',
      message: `The list has ${distinct} different entries; it may have ${maxUniqueItems}.`,
    });
  return faults;
}

/** Entries of which two have the same values of some keys. */
export function sameKeys(list: readonly Json[], keys: readonly string[]): readonly SchemaFault[] {
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

/** The same text for values that differ only in the order of their keys. */
function canonical(value: Json): string {
  return JSON.stringify(value, (_, inner: Json) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}
