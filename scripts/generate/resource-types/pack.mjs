// Packs the schemas of all resource types into two files of text: an index, and the schemas, one a line.

/** @typedef {import('./combinations.mjs').Combination} Combination */

/** What a schema says to people, or to the registry itself. */
const WORDS = new Set([
  ...['description', 'examples', 'relationshipRef', '$comment', 'title', 'documentationUrl', 'insertionOrder', '$id'],
  ...['default', 'arrayType', '$schema'],
]);

/** Keywords of a resource's schema that nothing is checked by. */
const UNUSED = new Set([
  ...[
    'handlers',
    'tagging',
    'sourceUrl',
    'writeOnlyProperties',
    'additionalIdentifiers',
    'propertyTransform',
    'typeName',
  ],
  ...['taggable', 'resourceLink', 'typeConfiguration'],
]);

/** Keywords whose value has names of the template's as keys. */
const NAMED = new Set([
  'properties',
  'definitions',
  'patternProperties',
  'dependentRequired',
  'dependentExcluded',
  'dependencies',
]);

/**
 * A type's schema as it is packed. An object that has properties has no others, unless additionalProperties says so:
 * written where the registry's schemas leave it out, and left out where they write it.
 * @param {any} full the registry's schema @param {{more: string[] | undefined, all: boolean, required: string[] | undefined, createOnly: string[] | undefined, conditionalCreateOnly: string[] | undefined, ref: string | undefined, combinations: Combination[]}} beside
 */
export function packed(full, { more, all, required, createOnly, conditionalCreateOnly, ref, combinations }) {
  const top = Object.fromEntries(Object.entries(full).filter(([key]) => !UNUSED.has(key)));
  if (createOnly) top.createOnlyProperties = [...(full.createOnlyProperties ?? []), ...createOnly];
  if (conditionalCreateOnly)
    top.conditionalCreateOnlyProperties = [...(full.conditionalCreateOnlyProperties ?? []), ...conditionalCreateOnly];
  return {
    ...prune({ ...top, ...(required && { required }) }, false),
    ...(all && { allAttributes: true }),
    ...(more && { moreAttributes: more }),
    ...(ref && { ref }),
    ...(combinations.length > 0 && {
      combinations: combinations.map((one) => ({ ...one, schema: prune(one.schema, false) })),
    }),
  };
}

/** @param {any} value @param {boolean} names whether its keys are names @returns {any} */
function prune(value, names) {
  if (Array.isArray(value)) return value.map((item) => prune(item, false));
  if (value === null || typeof value !== 'object') return value;
  /** @type {Record<string, any>} */
  const kept = {};
  for (const [key, inner] of Object.entries(value)) {
    if (!names && (WORDS.has(key) || (key === 'pattern' && typeof inner === 'string' && !asJavaScript(inner))))
      continue;
    kept[key] =
      !names && key === 'pattern' && typeof inner === 'string'
        ? asJavaScript(inner)
        : prune(inner, !names && NAMED.has(key));
  }
  const closes = !names && kept.type === 'object' && kept.properties !== undefined;
  if (closes && kept.additionalProperties === false) delete kept.additionalProperties;
  else if (closes && kept.additionalProperties === undefined) kept.additionalProperties = true;
  return kept;
}

/** A pattern of Python's or Java's as JavaScript has it, or undefined where it has not. @param {string} written */
function asJavaScript(written) {
  let pattern = written.replaceAll('\\A', '^').replaceAll('\\Z', '$');
  if (pattern.includes('(?s)')) pattern = pattern.replaceAll('(?s)', '').replaceAll('.', '[^]');
  for (const flags of ['u', '']) {
    try {
      new RegExp(pattern, flags);
      return pattern;
    } catch {
      // Not of this kind.
    }
  }
  return undefined;
}

/**
 * The two files. In the index each type is in a line with the place and the length of its schema.
 * @param {ReadonlyMap<string, any>} schemas by type @param {string} about the index's first line
 */
export function pack(schemas, about) {
  const index = [about];
  const lines = [];
  let offset = 0;
  for (const type of [...schemas.keys()].sort()) {
    const line = ascii(JSON.stringify(schemas.get(type)));
    index.push(`${type} ${offset} ${line.length}`);
    lines.push(line);
    offset += line.length + 1;
  }
  return { index: `${index.join('\n')}\n`, schemas: `${lines.join('\n')}\n` };
}

/** Bytes are characters then: a place in the text is a place in the file. @param {string} json */
function ascii(json) {
  return json.replace(/[^\x20-\x7e]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
