// Reads the registry's resource schemas out of the cfn-lint wheel (MIT-0), and mends what they lack.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {{cfnLint: string, types: string[], allPropertiesAreAttributes: string[], ref: Record<string, string>, required: Record<string, string[]>, formats: Record<string, Record<string, string>>}} Additions */

/**
 * Downloads and unpacks the wheel once into `cache` and returns the folder of its schemas. Needs Python 3 with pip.
 * @param {string} version cfn-lint's version @param {string} cache @returns {string}
 */
export function unpackWheel(version, cache) {
  const folder = join(cache, `cfn-lint-${version}`);
  const schemas = join(folder, 'cfnlint', 'data', 'schemas');
  if (existsSync(schemas)) return schemas;
  mkdirSync(folder, { recursive: true });
  const python = (/** @type {string[]} */ ...args) => execFileSync('python3', args, { stdio: 'inherit' });
  python('-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', folder, `cfn-lint==${version}`);
  const wheel = readdirSync(folder).find((name) => name.endsWith('.whl'));
  if (wheel === undefined) throw new Error(`pip put no wheel into ${folder}`);
  python('-m', 'zipfile', '-e', join(folder, wheel), folder);
  return schemas;
}

/**
 * The compact schema of a type: what validation and the class generator need, descriptions and handlers left out.
 * @param {string} schemas folder from unpackWheel @param {string} type @param {Additions} additions
 * @returns {any}
 */
export function compactSchema(schemas, type, additions) {
  const index = JSON.parse(readFileSync(join(schemas, 'providers', 'us-east-1.json'), 'utf8'));
  if (!(type in index)) throw new Error(`${type}: not in the registry's schemas`);
  const full = JSON.parse(readFileSync(join(schemas, 'resources', `${index[type]}.json`), 'utf8'));
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
