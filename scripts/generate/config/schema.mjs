// Reads the two JSON Schemas, and puts them together.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @typedef {import('./schema-node.d.mts').SchemaNode} SchemaNode */

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** The schema of podlaunch.yaml. */
export const SOURCE = 'src/config/podlaunch.schema.json';

/** The schema of the document that nodes read: most of its settings are keys of podlaunch.yaml too. */
export const SETTINGS_SOURCE = 'lifecycle-scripts/node-settings.schema.json';

/**
 * The schema of podlaunch.yaml as it is written, with the definitions of the node settings beside its own, with `nodes`
 * (x-settings-of) filled in, and with the keys that mappings share (x-keys-of) in each of them.
 * @returns {SchemaNode}
 */
export function sourceSchema(settings = settingsSchema()) {
  const { definitions, properties = {}, ...schema } = withSharedKeys(read(SOURCE));
  const filledIn = mapValues(properties, ({ 'x-settings-of': from, ...node }) =>
    from === undefined ? node : { ...node, properties: choices(settings) },
  );
  return { ...schema, properties: filledIn, definitions: { ...settings.definitions, ...definitions } };
}

/**
 * A schema in which each mapping that shares the keys of a definition (x-keys-of) has them after its own.
 * @param {SchemaNode} schema
 * @returns {SchemaNode} without the definitions that are only shared
 */
function withSharedKeys(schema) {
  /** @type {Set<string>} */
  const shared = new Set();
  const { definitions = {}, ...whole } = inner(schema);
  const filledIn = Object.entries(mapValues(definitions, inner)).filter(([name]) => !shared.has(name));
  return { ...whole, definitions: Object.fromEntries(filledIn) };

  /** @param {SchemaNode} node @returns {SchemaNode} */
  function inner({ 'x-keys-of': from, properties, ...node }) {
    if (properties === undefined) return node;
    if (from !== undefined) shared.add(from);
    const more = from === undefined ? {} : definition(schema, from).properties;
    return { ...node, properties: { ...mapValues(properties, inner), ...more } };
  }
}

/** @returns {SchemaNode} */
export function settingsSchema() {
  return read(SETTINGS_SOURCE);
}

/**
 * The node settings that somebody chooses: those with a default. The others follow from the stacks.
 * @param {SchemaNode} settings
 * @returns {Record<string, SchemaNode>}
 */
export function choices({ properties = {} }) {
  return Object.fromEntries(
    Object.entries(properties).filter(([, node]) => node.default !== undefined && node.properties === undefined),
  );
}

/** @param {string} path @returns {SchemaNode} */
function read(path) {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
}

/**
 * A node with what it refers to: its own words go before those of the definition.
 * @param {SchemaNode} root the schema whose definitions are meant
 * @param {SchemaNode} node
 * @returns {SchemaNode}
 */
export function resolved(root, { $ref, allOf = [], ...own }) {
  const referred = [...($ref === undefined ? [] : [definition(root, $ref)]), ...allOf];
  return Object.assign({}, ...referred.map((one) => resolved(root, one)), own);
}

/**
 * The name of the definition that a node refers to, which can take its place without a change.
 * @param {SchemaNode | undefined} node
 */
export function definitionName(node) {
  return node?.$ref?.replace('#/definitions/', '');
}

/** @param {SchemaNode} root @param {string} $ref @returns {SchemaNode} */
function definition(root, $ref) {
  const found = root.definitions?.[$ref.replace('#/definitions/', '')];
  if (found === undefined) throw new Error(`A schema refers to ${$ref}, which is not defined.`);
  return found;
}

/**
 * A schema in which every reference is replaced by what it leads to, without the words (x-…) that only the generators
 * read.
 * @param {SchemaNode} schema
 * @returns {SchemaNode}
 */
export function flat(schema) {
  const { definitions, ...rest } = schema;
  return inner(rest);

  /** @param {SchemaNode} node @returns {SchemaNode} */
  function inner(node) {
    const { properties, items, ...whole } = resolved(schema, node);
    const words = Object.entries(whole).filter(([word]) => !word.startsWith('x-'));
    return {
      ...Object.fromEntries(words),
      ...(properties && { properties: mapValues(properties, inner) }),
      ...(items && { items: inner(items) }),
    };
  }
}

/**
 * @template T, U
 * @param {Readonly<Record<string, T>>} record
 * @param {(value: T) => U} change
 * @returns {Record<string, U>}
 */
export function mapValues(record, change) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
