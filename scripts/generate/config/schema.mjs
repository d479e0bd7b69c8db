// Reads the JSON Schema of podlaunch.yaml, and writes it out: without references, so that whoever reads it need not
// follow any.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @typedef {import('./schema-node.d.mts').SchemaNode} SchemaNode */

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** The file that everything else is made from. */
export const SOURCE = 'src/config/podlaunch.schema.json';

/** The schema as it is written. @returns {SchemaNode} */
export function sourceSchema() {
  return JSON.parse(readFileSync(join(ROOT, SOURCE), 'utf8'));
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
 * The name of the definition that a node refers to, in whose place it stands without a change.
 * @param {SchemaNode | undefined} node
 */
export function definitionName(node) {
  return node?.$ref?.replace('#/definitions/', '');
}

/** @param {SchemaNode} root @param {string} $ref @returns {SchemaNode} */
function definition(root, $ref) {
  const found = root.definitions?.[$ref.replace('#/definitions/', '')];
  if (found === undefined) throw new Error(`${SOURCE} refers to ${$ref}, which is not defined.`);
  return found;
}

/** A schema in which every reference is replaced by what it leads to. @param {SchemaNode} schema @returns {SchemaNode} */
export function flat(schema) {
  const { definitions, ...rest } = schema;
  return inner(rest);

  /** @param {SchemaNode} node @returns {SchemaNode} */
  function inner(node) {
    const { properties, items, ...whole } = resolved(schema, node);
    return {
      ...whole,
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
