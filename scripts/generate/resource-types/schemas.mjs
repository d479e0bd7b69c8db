// Reads the registry's resource schemas out of the cfn-lint wheel (MIT-0), and mends what they lack.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {{cfnLint: string, types: string[], allPropertiesAreAttributes: string[], ref: Record<string, string>, required: Record<string, string[]>, formats: Record<string, Record<string, string>>}} Additions */

/**
 * Downloads and unpacks the wheel once into `cache` and returns its folder. Needs Python 3 with pip.
 * @param {string} version cfn-lint's version @param {string} cache @returns {string}
 */
export function unpackWheel(version, cache) {
  const folder = join(cache, `cfn-lint-${version}`);
  if (existsSync(join(folder, 'cfnlint', 'data', 'schemas'))) return folder;
  mkdirSync(folder, { recursive: true });
  const python = (/** @type {string[]} */ ...args) => execFileSync('python3', args, { stdio: 'inherit' });
  python('-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', folder, `cfn-lint==${version}`);
  const wheel = readdirSync(folder).find((name) => name.endsWith('.whl'));
  if (wheel === undefined) throw new Error(`pip put no wheel into ${folder}`);
  python('-m', 'zipfile', '-e', join(folder, wheel), folder);
  return folder;
}

/** Every resource type of any region, SAM's too, with the name of its schema's file. @param {string} wheel @returns {ReadonlyMap<string, string>} */
export function allTypes(wheel) {
  const folder = schemasOf(wheel, 'providers');
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const first = ['us-east-1.json', ...names.filter((name) => name !== 'us-east-1.json').sort()];
  const all = first.reverse().flatMap((name) => Object.entries(JSON.parse(readFileSync(join(folder, name), 'utf8'))));
  return new Map(all.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/** The registry's schema of a type. @param {string} wheel @param {ReadonlyMap<string, string>} index from allTypes @param {string} type @returns {any} */
export function registrySchema(wheel, index, type) {
  const name = index.get(type);
  if (name === undefined) throw new Error(`${type}: not in the registry's schemas`);
  return JSON.parse(readFileSync(schemasOf(wheel, 'resources', `${name}.json`), 'utf8'));
}

/** The day of the schemas. @param {string} wheel @returns {string} */
export function schemaDate(wheel) {
  return JSON.parse(readFileSync(schemasOf(wheel, 'version.json'), 'utf8')).schema_date.slice(0, 10);
}

/** @param {string} wheel @param {string[]} path */
function schemasOf(wheel, ...path) {
  return join(wheel, 'cfnlint', 'data', 'schemas', ...path);
}

/**
 * What the class generator needs of a type, descriptions and handlers left out.
 * @param {any} full the registry's schema @param {Additions} additions
 * @returns {any}
 */
export function compactSchema(full, additions) {
  const type = full.typeName;
  for (const [pointer, format] of Object.entries(additions.formats[type] ?? {})) at(full, pointer).format = format;
  const readOnly = full.readOnlyProperties ?? [];
  const schema = sorted({
    typeName: type,
    type: 'object',
    properties: prune(full.properties),
    definitions: prune(full.definitions ?? {}),
    required: additions.required[type] ?? full.required ?? [],
    additionalProperties: full.additionalProperties ?? false,
    ...pick(full, ['dependentRequired', 'dependentExcluded', 'requiredXor', 'requiredOr', 'allOf', 'anyOf', 'oneOf']),
    readOnlyProperties: readOnly,
    createOnlyProperties: full.createOnlyProperties ?? [],
    primaryIdentifier: full.primaryIdentifier,
    refFormat: refFormat(full, additions),
  });
  return { ...schema, attributes: attributes(schema, additions.allPropertiesAreAttributes.includes(type)) };
}

/** What Ref gives, in cfn-lint's notation. @param {any} full @param {Additions} additions */
function refFormat(full, additions) {
  const type = full.typeName;
  if (additions.ref[type] !== undefined) return additions.ref[type];
  const [pointer, ...more] = full.primaryIdentifier;
  if (more.length > 0) throw new Error(`${type}: say in additions.json what Ref gives`);
  return at(full, pointer).format ?? `${type}.${pointer.split('/').pop()}`;
}

/** Schemas of what GetAtt gives, by attribute name (`A.B` for nested ones). @param {any} schema @param {boolean} all */
function attributes(schema, all) {
  /** @type {Record<string, unknown>} */
  const found = {};
  for (const pointer of schema.readOnlyProperties) {
    const names = pointer.replace('/properties/', '').split('/');
    if (names.includes('*')) continue;
    const value = names.reduce(
      (/** @type {any} */ s, /** @type {string} */ name) => deref(schema, s)?.properties?.[name],
      schema,
    );
    if (value !== undefined) found[names.join('.')] = deref(schema, value);
  }
  if (all) for (const [name, value] of Object.entries(schema.properties)) found[name] ??= deref(schema, value);
  return sorted(found);
}

/** @param {any} schema @param {any} value @returns {any} */
function deref(schema, value) {
  return value?.$ref === undefined ? value : deref(schema, at(schema, value.$ref.slice(1)));
}

/** @param {any} document @param {string} pointer */
function at(document, pointer) {
  const found = pointer
    .split('/')
    .slice(1)
    .reduce((value, key) => value?.[key], document);
  if (found === undefined) throw new Error(`${document.typeName}: nothing at ${pointer}`);
  return found;
}

const IGNORED = new Set(['description', 'examples', 'relationshipRef', '$comment', 'title', 'documentationUrl']);

/** Leaves out the words, but not properties that are named like them. @param {any} value @param {boolean} [names] @returns {any} */
function prune(value, names = true) {
  if (Array.isArray(value)) return value.map((item) => prune(item, false));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(
    ([key, v]) => names || !IGNORED.has(key) || (typeof v === 'object' && key !== 'examples'),
  );
  return Object.fromEntries(
    entries.map(([key, v]) => [
      key,
      prune(v, !names && (key === 'properties' || key === 'definitions' || key === 'patternProperties')),
    ]),
  );
}

/** @param {any} from @param {string[]} keys */
function pick(from, keys) {
  return Object.fromEntries(keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]]));
}

/** @param {any} value @returns {any} */
function sorted(value) {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
