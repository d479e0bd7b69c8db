// Writes the defaults of podlaunch.yaml.

/** @typedef {import('./schema-node.d.mts').SchemaNode} SchemaNode */

/**
 * What podlaunch.yaml says where it says nothing, and what an entry of a list of mappings has then.
 * @param {SchemaNode} schema without references
 * @returns {string}
 */
export function configDefaults(schema) {
  return `/** What podlaunch does without a podlaunch.yaml. */
export const DEFAULTS: Config = ${json(defaultOf(schema))};

/** What an entry of a list has where it does not say, by the list's path. */
export const ENTRY_DEFAULTS: { readonly [path: string]: object } = ${json(Object.fromEntries(entries(schema, '')))};`;
}

/** The default of a node: its own, or that of its keys. @param {SchemaNode} node @returns {unknown} */
function defaultOf({ default: own, properties }) {
  if (own !== undefined || properties === undefined) return own;
  const values = Object.entries(properties).map(([key, node]) => [key, defaultOf(node)]);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

/** @param {SchemaNode} node @param {string} path @returns {[string, unknown][]} */
function entries({ properties = {}, items }, path) {
  if (items?.properties) return [[path, defaultOf({ properties: items.properties })]];
  return Object.entries(properties).flatMap(([key, node]) => entries(node, path === '' ? key : `${path}.${key}`));
}

/** @param {unknown} value */
function json(value) {
  return JSON.stringify(value, null, 2);
}
